package com.quiltdata.mcp.fault;

/// A call cannot be completed, for a reason that its caller may read.
///
/// The message goes to the client as it is: it names the thing and the rule, and holds no path of
/// the host, no secret and no text of a foreign exception. The cause, if any, goes to the log only.
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultCode code;

  /// A failure that has no deeper cause.
  ///
  /// @param code what clients decide on
  /// @param message a sentence for the caller
  public Fault(FaultCode code, String message) {
    super(message);
    this.code = code;
  }

  /// A failure that something else caused.
  ///
  /// @param code what clients decide on
  /// @param message a sentence for the caller
  /// @param cause for the log
  public Fault(FaultCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// What clients decide on.
  public FaultCode code() {
    return code;
  }

  /// The sentence for the caller.
  public String text() {
    return String.valueOf(getMessage());
  }
}
