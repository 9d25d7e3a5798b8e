package com.quiltdata.mcp.deploy.outcome;

/// How a command ends. The numbers are the interface to scripts and never change their meaning.
public enum ExitCode {
  /// Done as asked, or nothing had to be done.
  OK(0, "done as asked"),
  /// A defect of this program.
  DEFECT(1, "a defect of deploy-cli itself"),
  /// The command line or the project file is wrong.
  USAGE(2, "the command line or deploy.yaml is wrong"),
  /// Nothing was changed, because the release could not have worked.
  PREFLIGHT_FAILED(10, "preflight found a reason not to begin; nothing changed"),
  /// The image could not be built.
  BUILD_FAILED(11, "the image could not be built; nothing changed"),
  /// The image could not be pushed.
  PUSH_FAILED(12, "the image could not be pushed; no service changed"),
  /// The version is in the repository already, with another content.
  TAG_TAKEN(13, "the version is taken by another image; nothing changed"),
  /// AWS does not take the new revision of the task definition.
  TASK_DEFINITION_REJECTED(20, "the task definition was rejected; the service is as it was"),
  /// AWS does not update the service.
  SERVICE_NOT_UPDATED(21, "the service cannot be updated; it is as it was"),
  /// The rollout failed, and the service still tries to run the new version.
  ROLLOUT_FAILED(30, "the rollout failed and was not rolled back"),
  /// The rollout failed, and the old version serves.
  ROLLED_BACK(31, "the rollout failed and was rolled back"),
  /// Time is up and the rollout goes on.
  STILL_RUNNING(32, "gave up waiting; the rollout goes on"),
  /// Somebody else's release replaced this one.
  SUPERSEDED(33, "another deployment replaced this one"),
  /// The rollout waits for a decision at a hook.
  PAUSED(34, "the rollout is paused at a hook and waits for a decision"),
  /// What runs is not healthy, or not what was released.
  UNHEALTHY(40, "what runs is not healthy or not what was released"),
  /// The public address does not answer as it should.
  SMOKE_FAILED(41, "the service does not answer as it should at its public address"),
  /// Nobody is known to AWS, or no longer.
  NO_CREDENTIALS(50, "AWS credentials are missing or have expired"),
  /// AWS says no.
  ACCESS_DENIED(51, "AWS denied access"),
  /// AWS asked to be left alone for longer than there was time.
  THROTTLED(52, "AWS throttled the calls for too long; the outcome is unknown"),
  /// AWS could not be reached.
  NETWORK_LOST(53, "AWS could not be reached; the outcome is unknown"),
  /// Another release is under way.
  LOCKED(60, "another release is under way; nothing changed"),
  /// A plan has differences, and `--exit-code` asked for that.
  DIFFERENCES(70, "plan --exit-code: there are differences"),
  /// The user pressed Ctrl-C.
  INTERRUPTED(130, "interrupted; what had begun in AWS goes on");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// What the process ends with.
  public int number() {
    return number;
  }

  /// One line for people.
  public String meaning() {
    return meaning;
  }

  /// The name for machines, `rolled_back` for example.
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
