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
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The registry service of the catalog, over HTTP. `https` only, but for a catalog on this machine;
/// no redirect is followed, and an answer has a limit of size and time. Thread-safe.
public final class RegistryExchange implements TokenIssuer {
  private static final String PATH = "api/auth/get_credentials";
  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(?:\\.\\d{1,3}){3}");
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16, 2_000, 100, 256));

  private final RegistryConfig config;
  private final HttpClient http;
  private final EventLog log = EventLog.named("credentials");
  private volatile Optional<URI> found;

  /// A registry that nobody has asked yet.
  ///
  /// @param config where it is
  public RegistryExchange(RegistryConfig config) {
    this.config = config;
    this.found = config.registry();
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connect())
            .build();
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
        if (isAllowed(registry)) {
          return registry;
        }
      } catch (URISyntaxException e) {
        // refused below like any other text that is no address
      }
    }
    throw failed("the catalog's config.json names no registry over https");
  }

  /// A catalog elsewhere must not send tokens to this machine.
  private boolean isAllowed(URI registry) {
    String host = registry.getHost();
    if (host == null
        || registry.getRawUserInfo() != null
        || registry.getRawQuery() != null
        || registry.getRawFragment() != null) {
      return false;
    }
    return isLoopback(host)
        ? isLoopback(config.catalog().getHost())
        : "https".equals(registry.getScheme());
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private static URI below(URI base, String path) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + path);
  }

  private HttpResponse<byte[]> get(URI address, Optional<String> authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(config.whole())
            .header("Accept", "application/json");
    authorization.ifPresent(value -> request.header("Authorization", value));
    // The time of a request ends with its headers; this one ends with the body.
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<byte[]>> answer =
          thread.submit(() ->
              http.send(
                  request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)));
      try {
        return answer.get(config.whole().toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        answer.cancel(true);
      }
    } catch (TimeoutException e) {
      throw failed("no answer in time");
    } catch (ExecutionException e) {
      throw failed(e.getCause() instanceof IOException ? "no usable answer" : "the request failed");
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
