package com.quiltdata.mcp;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.SentMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A plain client of revision 2026-07-28, which also sends what no client should.
final class McpClient implements AutoCloseable {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI url;
  private final Map<String, String> always = new LinkedHashMap<>();

  McpClient(URI url) {
    this.url = url;
  }

  /// Sends this token with everything from now on.
  McpClient withToken(String token) {
    always.put("Authorization", "Bearer " + UsedSecrets.sent(token));
    return this;
  }

  /// One answer.
  record Answer(int status, Map<String, List<String>> headers, byte[] bytes, Duration time) {
    JsonNode json() {
      return JSON.read(bytes);
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    /// The JSON-RPC messages in it; refusals of HTTP itself are none.
    List<byte[]> messages() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (header("content-type").startsWith("text/event-stream")) {
        return text.lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8))
            .toList();
      }
      return (status < 300 && !text.isEmpty()) || text.contains("\"jsonrpc\"")
          ? List.of(bytes)
          : List.of();
    }
  }

  static ObjectNode json(String text) {
    return (ObjectNode) JSON.read(text);
  }

  /// Calls a tool and returns its structured result.
  JsonNode call(String tool, ObjectNode arguments) {
    Answer answer = callAnswer(tool, arguments);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.json());
    }
    return answer.json().path("result").path("structuredContent");
  }

  /// Calls a tool with arguments as JSON text.
  JsonNode call(String tool, String arguments) {
    return call(tool, json(arguments));
  }

  Answer callAnswer(String tool, ObjectNode arguments) {
    ObjectNode params = StrictJson.NODES.objectNode().put("name", tool);
    params.set("arguments", arguments);
    return request("tools/call", params);
  }

  /// Any request of this revision with the headers that belong to it.
  Answer request(String method, ObjectNode params) {
    params
        .putObject("_meta")
        .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
        .putObject("io.modelcontextprotocol/clientCapabilities");
    ObjectNode body =
        StrictJson.NODES.objectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    body.set("params", params);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    name(params).ifPresent(name -> headers.put("Mcp-Name", name));
    JsonNode bucket = params.path("arguments").path("bucket");
    if (bucket.isString()) {
      headers.put("Mcp-Param-Bucket", headerValue(bucket.stringValue()));
    }
    return post(JSON.write(body), headers);
  }

  private static Optional<String> name(ObjectNode params) {
    JsonNode name = params.has("name") ? params.path("name") : params.path("uri");
    return name.isString() ? Optional.of(headerValue(name.stringValue())) : Optional.empty();
  }

  /// As the protocol wants texts in headers: base64 unless they are plain.
  private static String headerValue(String text) {
    boolean isPlain =
        !text.startsWith("=?")
            && text.equals(text.strip())
            && !text.isEmpty()
            && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return isPlain
        ? text
        : "=?base64?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /// Posts any bytes with any headers.
  Answer post(byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    always.forEach(request::header);
    headers.forEach(request::header);
    Answer answer = send(request.build());
    SentMessages messages =
        SentMessages.inReplyTo(body, Optional.ofNullable(headers.get("MCP-Protocol-Version")));
    answer.messages().forEach(messages::hears);
    return answer;
  }

  /// Gets a path of the same server.
  Answer get(String path) {
    return send(HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30)).build());
  }

  private Answer send(HttpRequest request) {
    try {
      long start = System.nanoTime();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.headers().map(),
          response.body(),
          Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
