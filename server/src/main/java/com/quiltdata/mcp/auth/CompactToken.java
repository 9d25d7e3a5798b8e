package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A token taken apart: the compact form of a signed JWT, RFC 7515 section 7.1.
///
/// Only structure and header are read here. The payload stays bytes until [#payload()] is called,
/// which nobody may do before the signature holds.
final class CompactToken {
  private final StrictJson json;
  private final JsonNode header;
  private final byte[] payload;
  private final byte[] signed;
  private final byte[] signature;

  private CompactToken(
      StrictJson json, JsonNode header, byte[] payload, byte[] signed, byte[] signature) {
    this.json = json;
    this.header = header;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /// Takes a token apart.
  ///
  /// @throws RefusedToken when it is too large or not well-formed
  static CompactToken parse(String token, int maxBytes, StrictJson json) {
    // Characters count as bytes here: whatever is not ASCII is refused below.
    if (token.length() > maxBytes) {
      throw RefusedToken.because("over %d bytes".formatted(maxBytes));
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (first < 0 || token.indexOf('.', first + 1) != last) {
      throw RefusedToken.because("not three parts");
    }
    byte[] header = Base64Url.decode(token.substring(0, first));
    byte[] payload = Base64Url.decode(token.substring(first + 1, last));
    byte[] signature = Base64Url.decode(token.substring(last + 1));
    return new CompactToken(
        json,
        object(json, header, "header"),
        payload,
        token.substring(0, last).getBytes(StandardCharsets.US_ASCII),
        signature);
  }

  /// The header, a JSON object without duplicate members.
  JsonNode header() {
    return header;
  }

  /// The `alg` of the header, empty when it is no text.
  String algorithm() {
    JsonNode algorithm = header.path("alg");
    return algorithm.isString() ? algorithm.stringValue() : "";
  }

  /// Checks that the header asks for nothing that changes how a token is read.
  ///
  /// @throws RefusedToken when it does
  void requirePlain() {
    for (String extension : List.of("crit", "zip", "b64")) {
      if (header.has(extension)) {
        throw RefusedToken.because(extension + " is not supported");
      }
    }
  }

  /// The received bytes that the signature covers.
  byte[] signed() {
    return signed;
  }

  byte[] signature() {
    return signature;
  }

  /// The claims, a JSON object without duplicate members.
  ///
  /// @throws RefusedToken when the payload is anything else
  JsonNode payload() {
    return object(json, payload, "payload");
  }

  private static JsonNode object(StrictJson json, byte[] utf8, String part) {
    try {
      JsonNode node = json.read(utf8);
      if (node.isObject()) {
        return node;
      }
      throw RefusedToken.because("the %s is not a JSON object".formatted(part));
    } catch (MalformedJsonException e) {
      throw RefusedToken.because("the %s is no acceptable JSON".formatted(part));
    }
  }
}
