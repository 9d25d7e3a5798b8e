package com.quiltdata.mcp.deploy.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The HTTP of AWS: takes JSON and forms, answers in JSON and XML, and keeps each exchange.
final class FakeEndpoint implements AutoCloseable {
  private static final String REQUEST = "00000000-0000-4000-8000-000000000001";

  private final FakeAws aws;
  private final Exchanges exchanges = new Exchanges();
  private final HttpServer server;

  FakeEndpoint(FakeAws aws) {
    this.aws = aws;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (aws.isCut(target == null ? "" : target)) {
        return;
      }
      if (path.startsWith(FakeEcr.LAYERS)) {
        respond(exchange, 200, "application/json", aws.ecr.layer(path));
      } else if (target == null) {
        answerXml(exchange, body);
      } else {
        answerJson(exchange, target, body);
      }
    }
  }

  private void answerJson(HttpExchange exchange, String target, String body) throws IOException {
    int status = 200;
    JsonNode answer;
    try {
      aws.requireKnown(signature(exchange));
      String prefix = target.substring(0, target.indexOf('.'));
      String operation = target.substring(target.indexOf('.') + 1);
      answer = aws.json(prefix, operation, Json.readObject(body));
    } catch (AwsError e) {
      status = e.status;
      answer = Json.object().put("__type", e.code).put("message", e.getMessage());
    }
    exchanges.json(target, body, status, answer);
    respond(exchange, status, "application/x-amz-json-1.1", Json.bytes(answer));
  }

  private void answerXml(HttpExchange exchange, String body) throws IOException {
    int status = 200;
    String answer;
    try {
      aws.requireKnown(signature(exchange));
      answer = aws.xml(form(body));
    } catch (AwsError e) {
      status = e.status;
      answer =
          "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>"
              .formatted(e.code, e.getMessage());
    }
    exchanges.xml(body, status, answer);
    respond(exchange, status, "text/xml", answer.getBytes(UTF_8));
  }

  private static String signature(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("x-amzn-RequestId", REQUEST);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", UTF_8)));
  }

  @Override
  public void close() {
    server.stop(0);
    exchanges.write();
  }
}
