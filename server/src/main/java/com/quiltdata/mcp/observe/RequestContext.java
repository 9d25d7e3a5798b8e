package com.quiltdata.mcp.observe;

import java.util.Optional;

/// The request that the current thread works for, so that every log line can name it.
///
/// @param requestId given by the client or made here
/// @param subject the verified caller, if known
/// @param traceId the client's trace that the request is part of (W3C Trace Context), if it said so
public record RequestContext(String requestId, Optional<String> subject, Optional<String> traceId) {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

  /// A request that is part of no trace.
  ///
  /// @param requestId given by the client or made here
  /// @param subject the verified caller, if known
  public RequestContext(String requestId, Optional<String> subject) {
    this(requestId, subject, Optional.empty());
  }

  /// The same request as a part of a trace.
  ///
  /// @param newTraceId 32 hexadecimal digits
  /// @return the request
  public RequestContext withTrace(String newTraceId) {
    return new RequestContext(requestId, subject, Optional.of(newTraceId));
  }

  /// The current thread's request.
  ///
  /// @return it, or empty outside of one
  public static Optional<RequestContext> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// Does something for this request.
  ///
  /// @param work what
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }
}
