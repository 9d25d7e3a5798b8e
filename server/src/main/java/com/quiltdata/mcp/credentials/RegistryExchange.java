package com.quiltdata.mcp.credentials;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import com.quiltdata.mcp.auth.IssuedCredentials;
import com.quiltdata.mcp.auth.TokenIssuer;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.upstream.NoAnswerException;
import com.quiltdata.mcp.upstream.ShortAnswers;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The registry service of the catalog, over HTTP. `https` only, but for a catalog on this machine;
/// no redirect is followed, and an answer has a limit of size and time. Thread-safe.
public final class RegistryExchange implements TokenIssuer {
  private static final String PATH = "api/auth/get_credentials";
  private static final int MOST_BYTES = 64 << 10;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16, 2_000, 100, 256));

  private final RegistryConfig config;
  private final ShortAnswers http;
  private final EventLog log = EventLog.named("credentials");
  private volatile Optional<URI> found;

  /// A registry that nobody has asked yet.
  ///
  /// @param config where it is
  public RegistryExchange(RegistryConfig config) {
    this.config = config;
    this.found = config.registry();
    this.http = new ShortAnswers(config.connect(), config.whole(), MOST_BYTES);
  }

  @Override
  public Optional<IssuedCredentials> exchange(String token) {
    HttpResponse<byte[]> answer = get(below(registry(), PATH), Optional.of("Bearer " + token));
    return switch (answer.statusCode()) {
      case HTTP_OK ->
          Optional.of(
              IssuedCredentials.of(json(answer))
                  .orElseThrow(() -> failed("its credentials cannot be read")));
      case HTTP_UNAUTHORIZED, HTTP_FORBIDDEN -> Optional.empty();
      default -> throw failed("status " + answer.statusCode());
    };
  }

  private URI registry() {
    URI known = found.orElseGet(this::looked);
    found = Optional.of(known);
    return known;
  }

  private URI looked() {
    HttpResponse<byte[]> answer = get(below(config.catalog(), "config.json"), Optional.empty());
    if (answer.statusCode() != HTTP_OK) {
      throw failed("status %d of the catalog's config.json".formatted(answer.statusCode()));
    }
    JsonNode address = json(answer).path("registryUrl");
    if (address.isString()) {
      try {
        URI registry = new URI(address.stringValue());
        // A catalog elsewhere must not send tokens to this machine.
        if (ShortAnswers.mayName(registry, config.catalog())) {
          return registry;
        }
      } catch (URISyntaxException e) {
        // refused below like any other text that is no address
      }
    }
    throw failed("the catalog's config.json names no registry over https");
  }

  private static URI below(URI base, String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + path);
  }

  private HttpResponse<byte[]> get(URI address, Optional<String> authorization) {
    try {
      return http.get(
          address, authorization.map(value -> Map.of("Authorization", value)).orElseGet(Map::of));
    } catch (NoAnswerException e) {
      throw failed(e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was cancelled", e);
    }
  }

  private JsonNode json(HttpResponse<byte[]> answer) {
    try {
      return JSON.read(answer.body());
    } catch (MalformedJsonException e) {
      throw failed("an answer is no JSON");
    }
  }

  private Fault failed(String reason) {
    log.event(
        Level.WARNING,
        "credentials.exchange",
        LogFields.of("service", "catalog registry").with("reason", reason));
    return new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "The catalog's registry, which knows the token, did not answer: try again later");
  }
}
