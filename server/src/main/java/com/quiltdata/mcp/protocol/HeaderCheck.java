package com.quiltdata.mcp.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ToolSpec;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares the routing headers of 2026-07-28 with the body that they repeat (MCP 2026-07-28,
/// basic/transports, "Request headers"). What differs is `-32020`: balancers and filters decide on
/// the headers, so a difference would be a way around them.
final class HeaderCheck {
  private final Headers headers;

  HeaderCheck(Headers headers) {
    this.headers = headers;
  }

  /// The one value of a header, as it was sent.
  ///
  /// @throws RpcException when it was sent twice with different values or cannot be a header value
  Optional<String> value(String name) {
    List<String> values = headers.values(name);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 && values.stream().distinct().count() > 1) {
      throw mismatch("the header %s was sent with different values".formatted(name));
    }
    String value = values.getFirst();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c >= 0x7f) {
        throw mismatch("the header %s has characters that a header may not have".formatted(name));
      }
    }
    return Optional.of(value);
  }

  /// A header that must be there and equal a text of the body, byte for byte.
  void requireEqual(String name, String expected, String whereInBody) {
    String actual =
        value(name)
            .orElseThrow(() ->
                mismatch("the header %s is missing; it repeats %s".formatted(name, whereInBody)));
    if (!actual.equals(expected)) {
      throw mismatch("the header %s differs from %s".formatted(name, whereInBody));
    }
  }

  /// `Mcp-Name` against the member that it repeats; both may be missing, for then the body is wrong
  /// in itself.
  void requireName(ObjectNode params, String member) {
    Optional<String> header = value(RoutingHeaders.NAME).map(HeaderCheck::decoded);
    Optional<String> body =
        Optional.ofNullable(params.get(member))
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue);
    if (header.isEmpty() && body.isPresent()) {
      throw mismatch("the header Mcp-Name is missing; it repeats params." + member);
    }
    if (!header.equals(body)) {
      throw mismatch("the header Mcp-Name differs from params." + member);
    }
  }

  /// Every `Mcp-Param-*` of the called tool against its argument.
  void requireParameters(ToolSpec spec, ObjectNode arguments) {
    for (Parameter parameter : spec.parameters()) {
      parameter
          .header()
          .ifPresent(
              suffix -> requireParameter(RoutingHeaders.PARAMETER + suffix, parameter, arguments));
    }
  }

  private void requireParameter(String name, Parameter parameter, ObjectNode arguments) {
    Optional<String> header = value(name).map(HeaderCheck::decoded);
    Optional<JsonNode> argument =
        Optional.ofNullable(arguments.get(parameter.name())).filter(node -> !node.isNull());
    if (argument.isEmpty()) {
      if (header.isPresent()) {
        throw mismatch("the header %s repeats an argument that is not there".formatted(name));
      }
      return;
    }
    String sent =
        header.orElseThrow(() ->
            mismatch(
                "the header %s is missing; it repeats the argument %s"
                    .formatted(name, parameter.name())));
    if (!agrees(sent, argument.get())) {
      throw mismatch(
          "the header %s differs from the argument %s".formatted(name, parameter.name()));
    }
  }

  private static boolean agrees(String sent, JsonNode argument) {
    if (argument.isNumber()) {
      try {
        // BigDecimal would read the digits of every script; JSON and headers know ten.
        return sent.length() <= 64
            && US_ASCII.newEncoder().canEncode(sent)
            && new BigDecimal(sent).compareTo(argument.decimalValue()) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return argument.isValueNode() && sent.equals(argument.asString());
  }

  /// Undoes the `=?base64?…?=` form; a value without both markers is literal.
  private static String decoded(String value) {
    if (!value.startsWith(RoutingHeaders.ENCODED_START)
        || !value.endsWith(RoutingHeaders.ENCODED_END)
        || value.length()
            < RoutingHeaders.ENCODED_START.length() + RoutingHeaders.ENCODED_END.length()) {
      return value;
    }
    String encoded =
        value.substring(
            RoutingHeaders.ENCODED_START.length(),
            value.length() - RoutingHeaders.ENCODED_END.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      if (!Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
        throw mismatch("a header value is not strict base64");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw mismatch("a header value is not base64 of UTF-8");
    }
  }

  private static RpcException mismatch(String text) {
    return new RpcException(ErrorCode.HEADER_MISMATCH, "Header mismatch: " + text);
  }
}
