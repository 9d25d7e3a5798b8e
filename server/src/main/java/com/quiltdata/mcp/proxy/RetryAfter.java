package com.quiltdata.mcp.proxy;

import java.net.http.HttpResponse;
import java.time.Duration;

/// How long a server wants to be left alone (RFC 9110, 10.2.3); dates are not understood.
final class RetryAfter {
  private static final int MAX_DIGITS = 6;

  private RetryAfter() {}

  static Duration of(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .map(String::strip)
        .filter(text ->
            !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }
}
