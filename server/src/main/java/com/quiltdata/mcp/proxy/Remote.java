package com.quiltdata.mcp.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The server's endpoint. A token that it refuses is read again and, if it changed, shown once
/// more.
///
/// A thread that is interrupted while it waits for an answer, or reads one, closes the exchange.
final class Remote implements AutoCloseable {
  private static final int UNAUTHORIZED = 401;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String EVENTS = "text/event-stream";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final RemoteUrl url;
  private final TokenSource token;

  Remote(RemoteUrl url, TokenSource token) {
    this.url = url;
    this.token = token;
  }

  RemoteUrl url() {
    return url;
  }

  /// Sends a message.
  HttpResponse<InputStream> post(byte[] json, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url.uri())
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "application/json, " + EVENTS)
            .POST(BodyPublishers.ofByteArray(json)),
        headers);
  }

  /// Asks for a stream.
  HttpResponse<InputStream> get(Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url.uri()).setHeader("Accept", EVENTS).GET(), headers);
  }

  /// Ends a session.
  HttpResponse<InputStream> delete(Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url.uri()).DELETE(), headers);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request, Map<String, String> headers)
      throws IOException, InterruptedException {
    headers.forEach(request::setHeader);
    request.setHeader("User-Agent", "quilt-mcp-proxy");
    Optional<String> shown = token.current();
    HttpResponse<InputStream> answer = send(request, shown);
    if (answer.statusCode() != UNAUTHORIZED) {
      return answer;
    }
    Optional<String> fresh = token.renewed();
    if (fresh.equals(shown)) {
      return answer;
    }
    answer.body().close();
    return send(request, fresh);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request, Optional<String> bearer)
      throws IOException, InterruptedException {
    bearer.ifPresent(value -> request.setHeader("Authorization", "Bearer " + value));
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  /// Whether the body of an answer is a stream of events.
  static boolean isStream(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Content-Type")
        .map(type -> type.strip().regionMatches(true, 0, EVENTS, 0, EVENTS.length()))
        .orElse(false);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
