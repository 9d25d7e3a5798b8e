package com.quiltdata.mcp.transport.http;

import java.util.Map;

/// The 401 answers, which never say more than that a token is missing, expired or wrong.
final class Challenge {
  private static final String HEADER = "WWW-Authenticate";

  private Challenge() {}

  /// No token was sent (RFC 6750: then the challenge names no error).
  static Refusal missing() {
    return new Refusal(
        401, "missing_authorization", "Bearer token required", Map.of(HEADER, "Bearer"));
  }

  /// A token was sent and is not accepted.
  ///
  /// @param code for programs
  /// @param detail for people
  static Refusal of(String code, String detail) {
    return new Refusal(
        401,
        code,
        detail,
        Map.of(
            HEADER, "Bearer error=\"invalid_token\", error_description=\"%s\"".formatted(detail)));
  }
}
