package com.quiltdata.mcp.transport.http;

import java.time.Duration;
import java.util.Map;

/// A request is answered with an HTTP error; code and text are for the client.
///
/// Thrown by the [Exchange] and open to routes. Only before an answer has begun.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String RETRY_AFTER = "Retry-After";

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  /// A refusal with headers of its own.
  ///
  /// @param status the HTTP status, 400 or above
  /// @param code what clients decide on, such as `body_too_large`
  /// @param detail a sentence for the client
  /// @param headers what else goes into the answer
  public Refusal(int status, String code, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /// A refusal that needs no headers.
  ///
  /// @param status the HTTP status, 400 or above
  /// @param code what clients decide on
  /// @param detail a sentence for the client
  public Refusal(int status, String code, String detail) {
    this(status, code, detail, Map.of());
  }

  /// A refusal of what may succeed later.
  ///
  /// @param status the HTTP status, 429 or 503
  /// @param code what clients decide on
  /// @param detail a sentence for the client
  /// @param wait how long to wait, told in whole seconds and at least one
  /// @return the refusal, with `Retry-After`
  public static Refusal retry(int status, String code, String detail, Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return new Refusal(status, code, detail, Map.of(RETRY_AFTER, String.valueOf(seconds)));
  }

  /// Whether the same request may succeed later.
  boolean canComeAgain() {
    return headers.containsKey(RETRY_AFTER);
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// What clients decide on.
  public String code() {
    return code;
  }

  /// The sentence for the client.
  public String detail() {
    return String.valueOf(getMessage());
  }

  /// What else goes into the answer.
  public Map<String, String> headers() {
    return headers;
  }
}
