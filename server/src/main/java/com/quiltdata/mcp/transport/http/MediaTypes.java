package com.quiltdata.mcp.transport.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a client sends and what it takes in return.
///
/// @param allowsJson whether one JSON object is an answer
/// @param allowsStream whether a stream of events is an answer
record MediaTypes(boolean allowsJson, boolean allowsStream) {
  /// A quality of zero refuses (RFC 9110 section 12.4.2).
  private static final Pattern NEVER =
      Pattern.compile(";\\s*q=0(\\.0{0,3})?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

  /// Of a client that wants a stream and nothing else.
  static final MediaTypes STREAM = new MediaTypes(false, true);

  /// Checks that a client takes a stream.
  ///
  /// @throws Refusal 406 when it does not
  static void requireStream(Exchange exchange) {
    List<String> accepted = accepted(exchange);
    if (!accepted.contains("text/event-stream")
        && !accepted.contains("text/*")
        && !accepted.contains("*/*")) {
      throw new Refusal(
          406, "not_acceptable", "a stream is asked for with Accept: text/event-stream");
    }
  }

  /// Reads `Content-Type` and `Accept`. A client that says nothing takes JSON.
  ///
  /// @throws Refusal 415 when the body is not JSON, 406 when nothing here can be taken
  static MediaTypes of(Exchange exchange) {
    String sent = exchange.header("Content-Type").map(MediaTypes::bare).orElse("");
    if (!sent.equals("application/json")) {
      throw new Refusal(
          415, "unsupported_media_type", "send the message as Content-Type: application/json");
    }
    List<String> accepted = accepted(exchange);
    boolean isOpen =
        exchange.headers("Accept").stream().allMatch(String::isBlank) || accepted.contains("*/*");
    MediaTypes types =
        new MediaTypes(
            isOpen || accepted.contains("application/json") || accepted.contains("application/*"),
            accepted.contains("text/event-stream") || accepted.contains("text/*"));
    if (!types.allowsJson && !types.allowsStream) {
      throw new Refusal(
          406, "not_acceptable", "accept application/json, text/event-stream or both");
    }
    return types;
  }

  private static List<String> accepted(Exchange exchange) {
    return exchange.headers("Accept").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(range -> !NEVER.matcher(range).find())
        .map(MediaTypes::bare)
        .filter(type -> !type.isEmpty())
        .toList();
  }

  private static String bare(String value) {
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
