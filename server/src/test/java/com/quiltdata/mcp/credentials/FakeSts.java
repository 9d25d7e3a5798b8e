package com.quiltdata.mcp.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.UsedSecrets;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// STS as it is documented, where the stand-ins of others let everything pass: it refuses policies
/// over 2,048 characters, names out of form and lives out of range. It keeps what it was asked.
final class FakeSts implements AutoCloseable {
  /// When its sessions end.
  static final Instant END = Instant.parse("2030-01-01T01:00:00Z");

  static final String SECRET = UsedSecrets.note("assumed-secret-key");
  static final String SESSION = UsedSecrets.note("assumed-session-token");

  private static final String NAME = "[A-Za-z0-9_+=,.@-]{2,64}";

  private final HttpServer server;
  private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String error = "";

  FakeSts() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The parameters of all requests.
  List<Map<String, String>> asked() {
    return List.copyOf(asked);
  }

  /// Refuses everything from now on.
  void refuse(int withStatus, String code) {
    status = withStatus;
    error = code;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = new HashMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          URLDecoder.decode(pair.substring(0, equals), UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    asked.add(form);
    boolean isGood = status == 200 && isValid(form);
    String code = status == 200 ? "ValidationError" : error;
    byte[] xml = (isGood ? session(asked.size()) : refusal(code)).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(isGood ? 200 : status == 200 ? 400 : status, xml.length);
    exchange.getResponseBody().write(xml);
    exchange.close();
  }

  private static boolean isValid(Map<String, String> form) {
    int seconds = Integer.parseInt(form.getOrDefault("DurationSeconds", "3600"));
    return "AssumeRole".equals(form.get("Action"))
        && form.getOrDefault("Policy", "").length() <= 2_048
        && form.getOrDefault("RoleSessionName", "").matches(NAME)
        && form.getOrDefault("SourceIdentity", "xx").matches(NAME)
        && seconds >= 900
        && seconds <= 43_200;
  }

  private static String session(int number) {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIAFAKE%d</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
    <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>
    </AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>
    """
        .formatted(number, SECRET, SESSION, END);
  }

  private static String refusal(String code) {
    return """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>%s</Code>
    <Message>User: arn:aws:sts::123456789012:assumed-role/task is not authorized on sts.internal</Message></Error>
    <RequestId>r</RequestId></ErrorResponse>
    """
        .formatted(code);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
