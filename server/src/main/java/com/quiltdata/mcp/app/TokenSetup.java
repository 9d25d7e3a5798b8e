package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.SecretFinding;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.SigningSecret;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.auth.TokenRules;
import com.quiltdata.mcp.config.HttpSettings;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.OAuthSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.TokenSettings;
import com.quiltdata.mcp.secret.SecretPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom the server is for, and how their tokens are checked.
///
/// @param mode follows from the address and the secret
/// @param tokens none when no token is needed
/// @param warnings to be told once
public record TokenSetup(Mode mode, AcceptedTokens tokens, List<String> warnings) {
  private static final String NO_KEY_ID = "none";

  /// Literal addresses and the one name for them: other names may mean any address.
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i:localhost)|::1|\\[::1]|127(?:\\.\\d{1,3}){3}");

  /// Copies the warnings.
  public TokenSetup {
    warnings = List.copyOf(warnings);
  }

  /// Reads the settings that have to do with tokens, and only those.
  ///
  /// @param settings resolved values
  /// @return mode and keys
  /// @throws InvalidSettingsException when a secret is missing or not fit for the mode
  public static TokenSetup from(Settings settings) {
    Problems problems = new Problems();
    TokenSetup setup = from(settings, false, problems);
    problems.throwIfAny();
    return setup;
  }

  static TokenSetup from(Settings settings, boolean isStdio, Problems problems) {
    Mode mode = isStdio ? Mode.LOCAL : mode(settings, problems);
    AcceptedTokens tokens =
        mode == Mode.LOCAL ? AcceptedTokens.NONE : tokens(settings, mode, problems);
    return new TokenSetup(mode, tokens, problems.warnings());
  }

  private static Mode mode(Settings settings, Problems problems) {
    Optional<Boolean> requiresToken = settings.find(TokenSettings.REQUIRE_TOKEN);
    String host = settings.get(HttpSettings.HOST);
    if (!isLoopback(host)) {
      if (requiresToken.equals(Optional.of(false))) {
        problems.error(
            "MCP_REQUIRE_TOKEN cannot be false on the address %s: others reach it. Listen on 127.0.0.1 or leave the setting out."
                .formatted(host));
      }
      return Mode.PRODUCTION;
    }
    boolean needsToken =
        requiresToken.orElse(
            settings.isSet(TokenSettings.JWT_SECRET)
                || settings.isSet(TokenSettings.JWT_SECRET_PARAMETER)
                || settings.isSet(OAuthSettings.ISSUER));
    return needsToken ? Mode.DEVELOPMENT : Mode.LOCAL;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static AcceptedTokens tokens(Settings settings, Mode mode, Problems problems) {
    String keyId = settings.get(TokenSettings.JWT_KID);
    List<SigningKey> previous =
        settings
            .find(TokenSettings.JWT_PREVIOUS_SECRET)
            .filter(
                text -> isUsable(TokenSettings.JWT_PREVIOUS_SECRET, text, settings, mode, problems))
            .map(text -> key(settings.find(TokenSettings.JWT_PREVIOUS_KID).orElse(keyId), text))
            .stream()
            .toList();
    Optional<TokenRules> rules = rules(settings, problems);
    if (rules.isEmpty()) {
      return AcceptedTokens.NONE;
    }
    Optional<IssuerSetup> issuer = IssuerSetup.from(settings, problems);
    Optional<String> secret = settings.find(TokenSettings.JWT_SECRET);
    if (secret.isEmpty()) {
      Optional<SecretPlace> place = KeptKeysSetup.place(settings, problems);
      if (place.isPresent()) {
        return new AcceptedTokens(
            Optional.empty(),
            KeptKeysSetup.of(place.get(), named(keyId), previous, rules.get(), settings, problems),
            issuer);
      }
      if (settings.isSet(OAuthSettings.ISSUER)) {
        return new AcceptedTokens(Optional.empty(), Optional.empty(), issuer);
      }
    } else if (settings.isSet(TokenSettings.JWT_SECRET_PARAMETER)) {
      problems.warn(
          "MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER has no effect: MCP_ENHANCED_JWT_SECRET is set");
    }
    if (!isUsable(TokenSettings.JWT_SECRET, secret.orElse(""), settings, mode, problems)) {
      return AcceptedTokens.NONE;
    }
    List<SigningKey> keys = new ArrayList<>(previous);
    keys.addFirst(key(keyId, secret.orElse("")));
    return new AcceptedTokens(
        problems.checked(TokenSettings.JWT_PREVIOUS_KID, () -> new TokenConfig(keys, rules.get())),
        Optional.empty(),
        issuer);
  }

  private static Optional<TokenRules> rules(Settings settings, Problems problems) {
    return problems.checked(
        TokenSettings.JWT_ISSUER,
        () ->
            new TokenRules(
                settings.get(TokenSettings.JWT_ISSUER),
                settings.get(TokenSettings.JWT_AUDIENCE),
                settings.get(TokenSettings.JWT_REQUIRE_AUDIENCE),
                Duration.ofSeconds(60),
                Math.toIntExact(settings.get(TokenSettings.MAX_TOKEN_BYTES))));
  }

  private static String remedy(Mode mode) {
    return mode == Mode.PRODUCTION
        ? "Make one with: openssl rand -hex 32. Without one, only a loopback address (FASTMCP_ADDR, --host) can be served."
        : "Make one with: openssl rand -hex 32, or leave MCP_REQUIRE_TOKEN (--require-token) out.";
  }

  private static SigningKey key(String keyId, String secret) {
    return new SigningKey(named(keyId), SigningSecret.of(secret));
  }

  private static Optional<String> named(String keyId) {
    return keyId.equals(NO_KEY_ID) ? Optional.empty() : Optional.of(keyId);
  }

  private static boolean isUsable(
      Setting<String> setting, String secret, Settings settings, Mode mode, Problems problems) {
    boolean isForgiving =
        mode == Mode.DEVELOPMENT && settings.get(TokenSettings.ALLOW_INSECURE_SECRET);
    boolean isUsable = true;
    for (SecretFinding finding : SigningSecret.of(secret).findings()) {
      String text = "%s %s.".formatted(setting.name(), finding.rule());
      if (finding == SecretFinding.MISSING) {
        problems.error(text + " " + remedy(mode));
        isUsable = false;
      } else if (finding.isFatal() && !isForgiving) {
        problems.error(text + " Make one with: openssl rand -hex 32");
        isUsable = false;
      } else {
        problems.warn(text);
      }
    }
    return isUsable;
  }
}
