package com.quiltdata.mcp.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands before a stand-in for AWS and keeps what it was asked: lines, keys that signed, forms.
public final class RecordingProxy implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/");

  /// A request.
  ///
  /// @param line method and target
  /// @param key id of the access key that signed it, empty when none did
  /// @param form its parameters, where it is a form
  public record Asked(String line, String key, Map<String, String> form) {}

  private final URI behind;
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /// Starts one.
  ///
  /// @param behind where requests go on to
  public RecordingProxy(URI behind) {
    this.behind = behind;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::relay);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Its address.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What it was asked.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void relay(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestURI().toString();
    String signature =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Matcher key = KEY.matcher(signature);
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + target,
            key.find() ? key.group(1) : "",
            form(exchange, body)));
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(behind + target).toURL().openConnection();
    connection.setRequestMethod(exchange.getRequestMethod());
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> connection.setRequestProperty(name, values.getFirst()));
    if (body.length > 0) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body);
    }
    int status = connection.getResponseCode();
    byte[] answer;
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      answer = in == null ? new byte[0] : in.readAllBytes();
    }
    connection
        .getHeaderFields()
        .forEach((name, values) -> {
          if (name != null && !name.equalsIgnoreCase("Transfer-Encoding")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static Map<String, String> form(HttpExchange exchange, byte[] body) {
    Map<String, String> form = new HashMap<>();
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    if (type.startsWith("application/x-www-form-urlencoded")) {
      for (String pair : new String(body, UTF_8).split("&", -1)) {
        int equals = pair.indexOf('=');
        form.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
