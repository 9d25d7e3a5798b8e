package com.quiltdata.mcp.auth;

import java.util.List;
import java.util.function.Function;

/// The `Authorization: Bearer` header, RFC 6750 section 2.1.
final class BearerHeader {
  private static final String SCHEME = "Bearer";

  private BearerHeader() {}

  /// Decides what can be decided without looking into a token.
  ///
  /// @param authorization the values of all `Authorization` headers
  /// @param onToken asked only when exactly one header brings a token
  static Authentication authenticate(
      List<String> authorization, Function<String, Authentication> onToken) {
    if (authorization.isEmpty()) {
      return new Authentication.Missing();
    }
    if (authorization.size() > 1) {
      return new Authentication.Rejected(false, "more than one Authorization header");
    }
    String token = token(authorization.getFirst());
    return token.isEmpty() ? new Authentication.Missing() : onToken.apply(token);
  }

  /// What stands between the spaces after the scheme and the white space at the end of the value
  /// (which is no part of it, RFC 9110 section 5.5), or nothing.
  private static String token(String header) {
    int start = SCHEME.length();
    int end = header.length();
    if (!header.regionMatches(true, 0, SCHEME, 0, start) || end == start) {
      return "";
    }
    if (header.charAt(start) != ' ') {
      return "";
    }
    while (start < end && header.charAt(start) == ' ') {
      start++;
    }
    while (start < end && (header.charAt(end - 1) == ' ' || header.charAt(end - 1) == '\t')) {
      end--;
    }
    return header.substring(start, end);
  }
}
