package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Says what went wrong on the way to the server, and what to do about it.
final class Refusals {
  private final RemoteUrl url;
  private final TokenSource token;
  private final StrictJson json;

  Refusals(RemoteUrl url, TokenSource token, StrictJson json) {
    this.url = url;
    this.token = token;
    this.json = json;
  }

  /// The text for a status that is no success.
  String ofStatus(HttpResponse<?> answer, byte[] body) {
    String said =
        "The MCP server at %s answered %d%s."
            .formatted(url, answer.statusCode(), detail(answer, body));
    return "%s %s".formatted(said, advice(answer));
  }

  private String advice(HttpResponse<?> answer) {
    return switch (answer.statusCode()) {
      case 301, 302, 303, 307, 308 ->
          "It is somewhere else: start the proxy with --url %s if you trust that address."
              .formatted(
                  answer
                      .headers()
                      .firstValue("Location")
                      .map(Refusals::withoutQuery)
                      .map(Quoted::of)
                      .orElse("ADDRESS"));
      case 401 -> token.remedy();
      case 403 -> "The token does not allow this: ask for one with the rights that it names.";
      case 404, 405 ->
          "There is no MCP endpoint at this address: check --url, its path is mostly /mcp.";
      case 413 -> "The message is over the server's limit: send less at once.";
      case 429 ->
          "It gets too many requests: send fewer at once, and try again %s."
              .formatted(when(answer));
      case 502, 503, 504 -> "It is not ready or overloaded: try again %s.".formatted(when(answer));
      default -> "Try again; if it stays so, ask who runs the server.";
    };
  }

  private static String when(HttpResponse<?> answer) {
    long seconds = RetryAfter.of(answer).toSeconds();
    return seconds == 0 ? "later" : "in %d s".formatted(seconds);
  }

  private static String withoutQuery(String location) {
    return location.replaceFirst("[?#].*", "");
  }

  /// What the server says itself, in JSON or plainly: pages of balancers are not for clients.
  private String detail(HttpResponse<?> answer, byte[] body) {
    boolean isPlain =
        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain");
    if (isPlain && body.length > 0) {
      return " " + Quoted.of(new String(body, StandardCharsets.UTF_8).strip());
    }
    return parsed(body)
        .flatMap(node ->
            Stream.of(node.path("detail"), node.path("message"), node.path("error"))
                .filter(JsonNode::isString)
                .findFirst())
        .map(text -> " " + Quoted.of(text.stringValue()))
        .orElse("");
  }

  /// The JSON-RPC error that a body holds, if it does.
  Optional<JsonNode> rpcError(byte[] body) {
    return parsed(body)
        .map(node -> node.path("error"))
        .filter(error -> error.path("code").isIntegralNumber() && error.path("message").isString());
  }

  private Optional<JsonNode> parsed(byte[] body) {
    try {
      return Optional.of(json.read(new String(body, StandardCharsets.UTF_8)));
    } catch (MalformedJsonException _) {
      return Optional.empty();
    }
  }

  /// No connection came about.
  String unreachable(IOException e) {
    return "The MCP server at %s cannot be reached (%s). Check the address, the network and whether it runs."
        .formatted(url, reason(e));
  }

  /// The server's certificate is not to be trusted.
  String distrusted(IOException e) {
    return "The certificate of %s is not trusted (%s). Check the address; a private authority is added with QUILT_MCP_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE."
        .formatted(url, reason(e));
  }

  /// The connection ended before the answer did.
  String broken(Optional<IOException> failure, boolean isReading) {
    String reason = failure.map(e -> " (%s)".formatted(reason(e))).orElse("");
    String said =
        "The connection to %s ended before the answer was there%s.".formatted(url, reason);
    return isReading
        ? said + " Try again."
        : said + " What was asked for may have been done or not: look before you ask again.";
  }

  /// Nothing came for too long.
  String silent(Duration silence) {
    return "Nothing came from %s for %d s; the request was given up. What was asked for may have been done or not."
        .formatted(url, silence.toSeconds());
  }

  /// A message of the server is over the proxy's limit.
  String tooLong(int maxBytes) {
    return "The answer of %s is over %d bytes, the proxy's limit. Ask for less at once."
        .formatted(url, maxBytes);
  }

  /// A success that holds no message.
  String noMessage(HttpResponse<?> answer) {
    return "%s answered %d with %s, which is no MCP message. Check --url, its path is mostly /mcp."
        .formatted(
            url,
            answer.statusCode(),
            answer.headers().firstValue("Content-Type").map(Quoted::of).orElse("nothing"));
  }

  /// Whether the reason is the certificate, which does not change by waiting.
  static boolean isDistrust(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException) {
        return true;
      }
    }
    return false;
  }

  /// The first text in a chain of failures: the client of the JDK wraps them without one.
  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage();
      if (text != null && !text.isBlank()) {
        return Quoted.visible(text);
      }
    }
    return e.getClass().getSimpleName().replace("Exception", "");
  }
}
