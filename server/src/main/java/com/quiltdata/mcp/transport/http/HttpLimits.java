package com.quiltdata.mcp.transport.http;

import java.util.Map;

/// Sizes and numbers that this layer keeps. Each is positive.
///
/// @param requestLineBytes longest request line, else 414
/// @param headerBytes all header lines together, else 431
/// @param headerCount header lines, else 431
/// @param bodyBytes longest body of any request, else 413
/// @param bodiesBytes bodies of all requests under way together, else 503
/// @param connections open at once; over it an idle one gives way, or the new one gets 503
/// @param backlog connections that the kernel holds until they are accepted
/// @param inWork gated requests at once
/// @param waiting gated requests that wait for a place, else 503
public record HttpLimits(
    int requestLineBytes,
    int headerBytes,
    int headerCount,
    int bodyBytes,
    long bodiesBytes,
    int connections,
    int backlog,
    int inWork,
    int waiting) {

  /// Checks every number.
  public HttpLimits {
    Map.of(
            "request line", requestLineBytes,
            "header bytes", headerBytes,
            "header count", headerCount,
            "body", bodyBytes,
            "connections", connections,
            "backlog", backlog,
            "requests in work", inWork)
        .forEach(HttpLimits::requirePositive);
    if (bodiesBytes < bodyBytes) {
      throw new IllegalArgumentException("one body may be longer than all together");
    }
    if (waiting < 0) {
      throw new IllegalArgumentException("the limit of waiting requests is negative");
    }
  }

  /// Tokens reach 12 KiB and uploads travel as base64, hence far more than the usual 16 KiB of
  /// headers.
  public static HttpLimits defaults() {
    return new HttpLimits(8 << 10, 64 << 10, 100, 12 << 20, 48L << 20, 1_024, 1_024, 64, 32);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the limit of " + name + " is not positive");
    }
  }
}
