package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.SecretFinding;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.SigningSecret;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.ServerSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.tools.catalog.CatalogConfig;
import com.quiltdata.mcp.transport.http.AllowedOrigins;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpLimits;
import com.quiltdata.mcp.transport.http.HttpTimers;
import com.quiltdata.mcp.transport.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The configuration of every part, checked against each other.
///
/// @param mode whom the server is for
/// @param isStdio whether clients speak through standard input and output
/// @param name the server's name
/// @param version the version that the server tells
/// @param http the HTTP side
/// @param tokens how tokens are checked; empty when none are
/// @param isOpeningFree whether `initialize` and the like need no token
/// @param folder the folder whose sub-folders are the buckets; empty for the sample
/// @param cacheFolder where the sample is unpacked
/// @param catalog the catalog that results link to
/// @param json limits of a message
/// @param callTimeout time of one call
/// @param warnings to be logged once at the start
public record ServerConfig(
    Mode mode,
    boolean isStdio,
    String name,
    String version,
    HttpConfig http,
    Optional<TokenConfig> tokens,
    boolean isOpeningFree,
    Optional<Path> folder,
    Path cacheFolder,
    CatalogConfig catalog,
    JsonLimits json,
    Duration callTimeout,
    List<String> warnings) {

  private static final Path SAMPLE = Path.of("sample");

  /// Copies the warnings.
  public ServerConfig {
    warnings = List.copyOf(warnings);
  }

  /// Builds the configuration.
  ///
  /// @param settings resolved values
  /// @param build names the version when nothing else does
  /// @param isStdio whether the stdio sub-command was chosen
  /// @param userHome for the cache folder
  /// @return the configuration
  /// @throws InvalidSettingsException naming everything that does not fit together
  public static ServerConfig from(
      Settings settings, BuildInfo build, boolean isStdio, Path userHome) {
    return new Builder(settings, build, isStdio, userHome).build();
  }

  private static final class Builder {
    private final Settings settings;
    private final BuildInfo build;
    private final boolean isStdio;
    private final Path userHome;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Builder(Settings settings, BuildInfo build, boolean isStdio, Path userHome) {
      this.settings = settings;
      this.build = build;
      this.isStdio = isStdio || settings.get(ServerSettings.TRANSPORT) == ServerSettings.Transport.STDIO;
      this.userHome = userHome;
    }

    ServerConfig build() {
      Mode mode = mode();
      Optional<TokenConfig> tokens = mode == Mode.LOCAL ? Optional.empty() : tokens(mode);
      Optional<Path> folder = folder(mode);
      HttpConfig http = http(mode);
      String version = settings.find(ServerSettings.SERVER_VERSION).orElse(build.version());
      if (!version.equals(build.version())) {
        warnings.add("MCP_SERVER_VERSION is %s, but the program was built as %s".formatted(version, build));
      }
      if (!problems.isEmpty()) {
        throw new InvalidSettingsException(problems);
      }
      return new ServerConfig(
          mode,
          isStdio,
          settings.get(ServerSettings.SERVER_NAME),
          version,
          http,
          tokens,
          settings.get(ServerSettings.OPEN_INITIALIZE),
          folder,
          settings.find(ServerSettings.CACHE_FOLDER).orElseGet(this::cacheFolder),
          new CatalogConfig(
              settings.find(ServerSettings.CATALOG_URL),
              settings.find(ServerSettings.REGISTRY_URL),
              settings.get(ServerSettings.REGION)),
          new JsonLimits(
              settings.get(ServerSettings.MAX_JSON_DEPTH),
              settings.get(ServerSettings.MAX_JSON_VALUES),
              JsonLimits.DEFAULT.maxNumberChars(),
              JsonLimits.DEFAULT.maxNameChars()),
          settings.get(ServerSettings.CALL_TIMEOUT),
          warnings);
    }

    private Mode mode() {
      boolean wantsToken = settings.find(ServerSettings.REQUIRE_TOKEN).orElse(false);
      boolean hasSecret = settings.find(ServerSettings.JWT_SECRET).isPresent();
      if (isStdio) {
        return Mode.LOCAL;
      }
      boolean isLoopback = isLoopback(settings.get(ServerSettings.HOST));
      if (!isLoopback) {
        if (settings.find(ServerSettings.REQUIRE_TOKEN).filter(required -> !required).isPresent()) {
          problems.add(
              "MCP_REQUIRE_TOKEN cannot be false on the address %s: others reach it. Listen on 127.0.0.1 or leave the setting out."
                  .formatted(settings.get(ServerSettings.HOST)));
        }
        return Mode.PRODUCTION;
      }
      boolean wantsNone = settings.find(ServerSettings.REQUIRE_TOKEN).filter(required -> !required).isPresent();
      return (hasSecret || wantsToken) && !wantsNone ? Mode.DEVELOPMENT : Mode.LOCAL;
    }

    private Optional<TokenConfig> tokens(Mode mode) {
      List<SigningKey> keys = new ArrayList<>();
      Optional<String> secret = settings.find(ServerSettings.JWT_SECRET);
      boolean isUsable =
          judge(ServerSettings.JWT_SECRET, SigningSecret.of(secret.orElse("")), mode);
      Function<String, String> keyId = text -> text.equals("none") ? "" : text;
      if (isUsable && secret.isPresent()) {
        keys.add(SigningKey.of(keyId.apply(settings.get(ServerSettings.JWT_KID)), secret.get()));
      }
      settings
          .find(ServerSettings.JWT_PREVIOUS_SECRET)
          .filter(text -> judge(ServerSettings.JWT_PREVIOUS_SECRET, SigningSecret.of(text), mode))
          .ifPresent(
              text ->
                  keys.add(
                      SigningKey.of(
                          keyId.apply(settings.find(ServerSettings.JWT_PREVIOUS_KID).orElse("none")), text)));
      if (keys.isEmpty() || !isUsable) {
        return Optional.empty();
      }
      return checked(
          ServerSettings.JWT_KID,
          () ->
              new TokenConfig(
                  keys,
                  settings.get(ServerSettings.JWT_ISSUER),
                  settings.get(ServerSettings.JWT_AUDIENCE),
                  settings.get(ServerSettings.JWT_REQUIRE_AUDIENCE),
                  Duration.ofSeconds(60),
                  Math.toIntExact(settings.get(ServerSettings.MAX_TOKEN_BYTES))));
    }

    /// Whether a secret may be used; tells what is wrong with it otherwise.
    private boolean judge(Setting<String> setting, SigningSecret secret, Mode mode) {
      boolean isForgiven =
          mode == Mode.DEVELOPMENT && settings.get(ServerSettings.ALLOW_INSECURE_SECRET);
      boolean isUsable = true;
      for (SecretFinding finding : secret.findings()) {
        String text = "%s %s.".formatted(setting.name(), finding.rule());
        if (finding.isFatal() && !(isForgiven && finding != SecretFinding.MISSING)) {
          isUsable = false;
          problems.add(
              text
                  + (finding == SecretFinding.MISSING
                      ? " Without one, only a loopback address can be served."
                      : " Make one with: openssl rand -hex 32"));
        } else {
          warnings.add(text);
        }
      }
      return isUsable;
    }

    private Optional<Path> folder(Mode mode) {
      Optional<Path> root = settings.find(ServerSettings.LOCAL_ROOT);
      ServerSettings.Storage storage =
          settings
              .find(ServerSettings.STORAGE)
              .orElse(
                  root.isPresent() || mode == Mode.LOCAL
                      ? ServerSettings.Storage.LOCAL
                      : ServerSettings.Storage.S3);
      if (storage == ServerSettings.Storage.S3) {
        problems.add(
            "QUILT_STORAGE is s3 here (the default outside local mode), and this version serves local folders only. Set QUILT_LOCAL_ROOT (--root) to a folder, or to `sample`.");
      }
      return root.filter(path -> !path.equals(SAMPLE));
    }

    private Path cacheFolder() {
      return userHome.resolve(".cache").resolve("quilt-mcp");
    }

    private HttpConfig http(Mode mode) {
      HttpConfig defaults = HttpConfig.defaults();
      HttpLimits limits =
          new HttpLimits(
              Math.toIntExact(settings.get(ServerSettings.MAX_REQUEST_LINE)),
              Math.toIntExact(settings.get(ServerSettings.MAX_HEADER_BYTES)),
              settings.get(ServerSettings.MAX_HEADERS),
              Math.toIntExact(settings.get(ServerSettings.MAX_BODY_BYTES)),
              settings.get(ServerSettings.MAX_CONNECTIONS),
              defaults.limits().backlog(),
              settings.get(ServerSettings.MAX_REQUESTS),
              settings.get(ServerSettings.MAX_WAITING));
      HttpTimers timers =
          new HttpTimers(
              settings.get(ServerSettings.HEADER_TIMEOUT),
              settings.get(ServerSettings.BODY_TIMEOUT),
              defaults.timers().bodyWindow(),
              defaults.timers().bodyBytesPerSecond(),
              settings.get(ServerSettings.WRITE_TIMEOUT),
              settings.get(ServerSettings.IDLE_TIMEOUT),
              defaults.timers().linger(),
              settings.get(ServerSettings.MAX_WAIT),
              defaults.timers().sweep());
      return defaults
          .withAddress(settings.get(ServerSettings.HOST), settings.get(ServerSettings.PORT))
          .withLimits(limits)
          .withTimers(timers)
          .withDrain(mode == Mode.PRODUCTION ? DrainTimers.defaults() : DrainTimers.immediate())
          .withOrigins(
              checked(ServerSettings.ALLOWED_ORIGINS, this::origins).orElseGet(AllowedOrigins::none))
          .withProxies(
              checked(
                      ServerSettings.FORWARDED_ALLOW_IPS,
                      () ->
                          TrustedProxies.of(
                              settings.find(ServerSettings.FORWARDED_ALLOW_IPS).orElse(List.of())))
                  .orElseGet(TrustedProxies::none));
    }

    private AllowedOrigins origins() {
      AllowedOrigins origins =
          AllowedOrigins.of(
              settings
                  .find(ServerSettings.ALLOWED_ORIGINS)
                  .or(() -> settings.find(ServerSettings.CATALOG_URL).map(Builder::origin).map(List::of))
                  .orElse(List.of()));
      if (origins.isOpen()) {
        warnings.add("MCP_ALLOWED_ORIGINS is *: every web page may call this server with its visitor's token.");
      }
      return origins;
    }

    private static String origin(URI address) {
      return address.getScheme() + "://" + address.getRawAuthority();
    }

    private <T> Optional<T> checked(Setting<?> setting, Supplier<T> supplier) {
      try {
        return Optional.of(supplier.get());
      } catch (IllegalArgumentException e) {
        problems.add("%s: %s".formatted(setting.name(), e.getMessage()));
        return Optional.empty();
      }
    }

    private static boolean isLoopback(String host) {
      return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
  }
}
