package com.quiltdata.mcp.app;

import com.quiltdata.mcp.admission.ClientLimits;
import com.quiltdata.mcp.admission.Rate;
import com.quiltdata.mcp.config.CallSettings;
import com.quiltdata.mcp.config.CatalogSettings;
import com.quiltdata.mcp.config.ClientLimitSettings;
import com.quiltdata.mcp.config.HttpLimitSettings;
import com.quiltdata.mcp.config.HttpSettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.transport.http.AllowedOrigins;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpLimits;
import com.quiltdata.mcp.transport.http.HttpTimers;
import com.quiltdata.mcp.transport.http.TrustedProxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Binds settings to the HTTP side.
final class HttpSetup {
  private HttpSetup() {}

  static HttpConfig from(Settings settings, Mode mode, Problems problems) {
    HttpConfig defaults = HttpConfig.defaults();
    requireAddress(settings.get(HttpSettings.HOST), problems);
    return defaults
        .withAddress(settings.get(HttpSettings.HOST), settings.get(HttpSettings.PORT))
        .withLimits(limits(settings, mode, defaults.limits()))
        .withClients(mode == Mode.LOCAL ? Optional.empty() : Optional.of(clients(settings)))
        .withTimers(timers(settings, defaults.timers()))
        .withDrain(mode == Mode.PRODUCTION ? DrainTimers.defaults() : DrainTimers.immediate())
        .withOrigins(
            problems
                .checked(HttpSettings.ALLOWED_ORIGINS, () -> origins(settings, problems))
                .orElseGet(AllowedOrigins::none))
        .withProxies(
            problems
                .checked(
                    HttpSettings.FORWARDED_ALLOW_IPS,
                    () ->
                        TrustedProxies.of(
                            settings.find(HttpSettings.FORWARDED_ALLOW_IPS).orElse(List.of())))
                .orElseGet(TrustedProxies::none));
  }

  private static void requireAddress(String host, Problems problems) {
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      problems.error(
          "FASTMCP_ADDR (--host) is %s, which has no address. Use 127.0.0.1, 0.0.0.0 or an address of this machine."
              .formatted(host));
    }
  }

  private static ClientLimits clients(Settings settings) {
    int addressRate = settings.get(ClientLimitSettings.ADDRESS_RATE);
    return new ClientLimits(
        Rate.perSecond(
            settings.get(ClientLimitSettings.USER_RATE),
            settings.get(ClientLimitSettings.USER_BURST)),
        settings.get(ClientLimitSettings.USER_REQUESTS),
        Rate.perSecond(addressRate, 2 * addressRate),
        Rate.perMinute(settings.get(ClientLimitSettings.FAILED_TOKEN_RATE)));
  }

  /// In local mode one user may have all places in work that there are connections.
  private static HttpLimits limits(Settings settings, Mode mode, HttpLimits defaults) {
    boolean isNarrow = mode != Mode.LOCAL || settings.isSet(HttpLimitSettings.MAX_REQUESTS);
    return new HttpLimits(
        Math.toIntExact(settings.get(HttpLimitSettings.MAX_REQUEST_LINE)),
        Math.toIntExact(settings.get(HttpLimitSettings.MAX_HEADER_BYTES)),
        settings.get(HttpLimitSettings.MAX_HEADERS),
        Math.toIntExact(settings.get(HttpLimitSettings.MAX_BODY_BYTES)),
        Math.max(
            settings.get(HttpLimitSettings.MAX_BODIES_BYTES),
            settings.get(HttpLimitSettings.MAX_BODY_BYTES)),
        settings.get(HttpLimitSettings.MAX_CONNECTIONS),
        defaults.backlog(),
        settings.get(isNarrow ? HttpLimitSettings.MAX_REQUESTS : HttpLimitSettings.MAX_CONNECTIONS),
        settings.get(HttpLimitSettings.MAX_WAITING));
  }

  private static HttpTimers timers(Settings settings, HttpTimers defaults) {
    return new HttpTimers(
        settings.get(HttpLimitSettings.HEADER_TIMEOUT),
        settings.get(HttpLimitSettings.BODY_TIMEOUT),
        settings.get(HttpLimitSettings.BODY_RATE_WINDOW),
        Math.toIntExact(settings.get(HttpLimitSettings.BODY_RATE)),
        settings.get(HttpLimitSettings.WRITE_TIMEOUT),
        settings.get(HttpLimitSettings.IDLE_TIMEOUT),
        defaults.linger(),
        settings.get(HttpLimitSettings.MAX_WAIT),
        settings.get(CallSettings.STREAM_COMMENT),
        defaults.sweep());
  }

  private static AllowedOrigins origins(Settings settings, Problems problems) {
    AllowedOrigins origins =
        AllowedOrigins.of(
            settings
                .find(HttpSettings.ALLOWED_ORIGINS)
                .or(() ->
                    settings.find(CatalogSettings.CATALOG_URL).map(HttpSetup::origin).map(List::of))
                .orElse(List.of()));
    if (origins.isOpen()) {
      problems.warn(
          "MCP_ALLOWED_ORIGINS is *: every web page may call this server with its visitor's token.");
    }
    return origins;
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
