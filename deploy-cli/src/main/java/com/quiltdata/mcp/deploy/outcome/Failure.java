package com.quiltdata.mcp.deploy.outcome;

import java.util.List;
import java.util.Optional;

/// A command cannot go on: what happened, what shows it, and what to do next.
///
/// Its texts are for people and hold no secret.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode code;
  private final transient List<String> evidence;
  private final transient Optional<String> next;

  private Failure(
      ExitCode code,
      String cause,
      List<String> evidence,
      Optional<String> next,
      Optional<Throwable> reason) {
    super(cause, reason.orElse(null));
    this.code = code;
    this.evidence = List.copyOf(evidence);
    this.next = next;
  }

  /// A failure without evidence.
  ///
  /// @param cause one line
  public static Failure of(ExitCode code, String cause) {
    return new Failure(code, cause, List.of(), Optional.empty(), Optional.empty());
  }

  /// The same, with what was thrown.
  public Failure because(Throwable reason) {
    return new Failure(code, cause(), evidence, next, Optional.of(reason));
  }

  /// The same, with lines that show it.
  public Failure showing(List<String> lines) {
    return new Failure(code, cause(), lines, next, Optional.ofNullable(getCause()));
  }

  /// The same, with the one command to run next.
  public Failure next(String command) {
    return new Failure(
        code, cause(), evidence, Optional.of(command), Optional.ofNullable(getCause()));
  }

  /// What the process ends with.
  public ExitCode code() {
    return code;
  }

  /// What happened, in one line.
  public String cause() {
    return String.valueOf(getMessage());
  }

  /// Lines that show it, the most telling one first.
  public List<String> evidence() {
    return evidence;
  }

  /// The one command to run next.
  public Optional<String> next() {
    return next;
  }
}
