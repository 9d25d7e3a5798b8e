package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.IssuerRules;
import com.quiltdata.mcp.auth.ScopeNames;
import com.quiltdata.mcp.auth.TokenRules;
import com.quiltdata.mcp.concurrent.Reloaded.Ages;
import com.quiltdata.mcp.config.OAuthSettings;
import com.quiltdata.mcp.config.ProgramSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.TokenSettings;
import com.quiltdata.mcp.issuer.IssuerConfig;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.transport.http.ProtectedResource;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An OAuth issuer whose tokens are accepted.
///
/// @param issuer where its keys are
/// @param rules what its tokens have to be
/// @param ages how old its keys may be
/// @param resource this server as its clients know it
public record IssuerSetup(
    IssuerConfig issuer, IssuerRules rules, Ages ages, ProtectedResource resource) {
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String EVERYTHING = "*";

  /// Whose tokens, and for what, for people.
  public String inWords() {
    return "%s for %s".formatted(resource.issuer(), resource.address());
  }

  /// Binds the settings.
  ///
  /// @return empty when no issuer is named, or something is wrong with it
  static Optional<IssuerSetup> from(Settings settings, Problems problems) {
    Optional<URI> issuer = settings.find(OAuthSettings.ISSUER);
    if (issuer.isEmpty()) {
      warnOfNoEffect(settings, problems);
      return Optional.empty();
    }
    Optional<URI> address = settings.find(OAuthSettings.PUBLIC_URL);
    if (address.isEmpty()) {
      problems.error(
          "MCP_OAUTH_ISSUER is set, and nothing says how clients address this server. Name it with MCP_PUBLIC_URL, for example https://demo.quiltdata.com/mcp.");
      return Optional.empty();
    }
    Optional<ScopeNames> scopes =
        problems.checked(
            OAuthSettings.READ_SCOPE,
            () ->
                new ScopeNames(
                    settings.get(OAuthSettings.READ_SCOPE),
                    settings.get(OAuthSettings.WRITE_SCOPE),
                    settings.get(OAuthSettings.ADMIN_SCOPE)));
    Optional<BucketScope> buckets =
        problems.checked(OAuthSettings.BUCKETS, () -> buckets(settings));
    Optional<Ages> ages =
        problems.checked(
            OAuthSettings.KEYS_MAX_AGE,
            () ->
                new Ages(
                    settings.get(OAuthSettings.KEYS_REFRESH),
                    settings.get(OAuthSettings.KEYS_MAX_AGE),
                    PAUSE,
                    PATIENCE));
    if (scopes.isEmpty() || buckets.isEmpty() || ages.isEmpty()) {
      return Optional.empty();
    }
    if (!settings.isSet(OAuthSettings.BUCKETS) && !settings.isSet(OAuthSettings.BUCKETS_CLAIM)) {
      problems.warn(
          "Tokens of MCP_OAUTH_ISSUER cover no bucket: neither MCP_OAUTH_BUCKETS_CLAIM nor MCP_OAUTH_BUCKETS is set");
    }
    return problems
        .checked(
            OAuthSettings.PUBLIC_URL,
            () ->
                new ProtectedResource(
                    address.get(),
                    issuer.get().toString(),
                    scopes.get(),
                    settings.get(ProgramSettings.SERVER_NAME)))
        .map(resource ->
            new IssuerSetup(
                IssuerConfig.of(issuer.get(), settings.find(OAuthSettings.KEYS_URL)),
                new IssuerRules(
                    new TokenRules(
                        issuer.get().toString(),
                        settings
                            .find(OAuthSettings.AUDIENCE)
                            .orElseGet(() -> address.get().toString()),
                        true,
                        LEEWAY,
                        Math.toIntExact(settings.get(TokenSettings.MAX_TOKEN_BYTES))),
                    scopes.get(),
                    settings.find(OAuthSettings.BUCKETS_CLAIM),
                    buckets.get()),
                ages.get(),
                resource));
  }

  private static void warnOfNoEffect(Settings settings, Problems problems) {
    for (Setting<?> setting :
        List.of(
            OAuthSettings.AUDIENCE,
            OAuthSettings.KEYS_URL,
            OAuthSettings.BUCKETS_CLAIM,
            OAuthSettings.BUCKETS)) {
      if (settings.isSet(setting)) {
        problems.warn(setting.name() + " has no effect without MCP_OAUTH_ISSUER");
      }
    }
  }

  private static BucketScope buckets(Settings settings) {
    Set<String> names =
        new HashSet<>(settings.find(OAuthSettings.BUCKETS).orElse(List.<String>of()));
    boolean isEverything = names.remove(EVERYTHING);
    for (String name : names) {
      if (!BucketName.isValid(name)) {
        throw new IllegalArgumentException("must be names of buckets, or *");
      }
    }
    return new BucketScope(names, isEverything);
  }
}
