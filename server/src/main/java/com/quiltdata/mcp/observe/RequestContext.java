package com.quiltdata.mcp.observe;

import java.util.Optional;

/// The request that the current thread works for, so that every log line can name it.
///
/// @param requestId given by the client or made here
/// @param subject the verified caller, if known
public record RequestContext(String requestId, Optional<String> subject) {
  private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

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
