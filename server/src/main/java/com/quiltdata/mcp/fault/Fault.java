package com.quiltdata.mcp.fault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call cannot be completed, for a reason that its caller may read.
///
/// The message goes to the client as it is: it names the thing and the rule, and holds no path of
/// the host, no secret and no text of a foreign exception. The cause, if any, goes to the log only.
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultCode code;
  private final @Nullable FaultReason reason;

  /// A failure that has no deeper cause.
  ///
  /// @param code what clients decide on
  /// @param message a sentence for the caller
  public Fault(FaultCode code, String message) {
    super(message);
    this.code = code;
    this.reason = null;
  }

  /// A failure of which somebody has to know more.
  ///
  /// @param code what clients decide on
  /// @param reason what exactly is wrong
  /// @param message a sentence for the caller
  public Fault(FaultCode code, FaultReason reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  /// A failure that something else caused.
  ///
  /// @param code what clients decide on
  /// @param message a sentence for the caller
  /// @param cause for the log; the reason of a fault is kept
  public Fault(FaultCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = cause instanceof Fault fault ? fault.reason : null;
  }

  /// What clients decide on.
  public FaultCode code() {
    return code;
  }

  /// What exactly is wrong, where somebody has to know.
  public Optional<FaultReason> reason() {
    return Optional.ofNullable(reason);
  }

  /// The sentence for the caller.
  public String text() {
    return String.valueOf(getMessage());
  }
}
