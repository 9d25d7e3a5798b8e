package com.quiltdata.mcp.deploy.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.deploy.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The public address of an MCP server that asks for tokens.
public final class FakeMcp implements AutoCloseable {
  /// What it says that it is, in `server/discover`.
  public Optional<String> build = Optional.empty();

  /// What it says that it is, on its health route.
  public Optional<String> healthBuild = Optional.empty();

  /// Whether it knows `server/discover`.
  public boolean discovers = true;

  /// How many more requests it turns away before it answers.
  public int busy;

  private final HttpServer server;

  public FakeMcp() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/mcp", this::mcp);
    server.createContext("/healthz", this::health);
    server.start();
  }

  /// Where it is.
  public URI uri() {
    return URI.create("http://127.0.0.1:%d/mcp".formatted(server.getAddress().getPort()));
  }

  private void mcp(HttpExchange exchange) throws IOException {
    ObjectNode ask = Json.readObject(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", ask.path("id"));
    int status = 200;
    if (busy > 0) {
      busy--;
      exchange.getResponseHeaders().set("Retry-After", "2");
      respond(exchange, 429, answer);
      return;
    }
    switch (ask.path("method").asString("")) {
      case "server/discover" -> {
        if (discovers) {
          ObjectNode meta = answer.putObject("result").putObject("_meta");
          build.ifPresent(text -> meta.put("com.quiltdata.mcp/build", text));
        } else {
          answer.putObject("error").put("code", -32601).put("message", "Method not found");
        }
      }
      case "initialize" -> answer.putObject("result").put("protocolVersion", "2025-11-25");
      default -> status = 401;
    }
    respond(exchange, status, answer);
  }

  private void health(HttpExchange exchange) throws IOException {
    ObjectNode answer = Json.object().put("status", "ok");
    healthBuild.ifPresent(text -> answer.putObject("server").put("build", text));
    respond(exchange, healthBuild.isPresent() ? 200 : 404, answer);
  }

  private static void respond(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    try (exchange) {
      byte[] body = Json.bytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
