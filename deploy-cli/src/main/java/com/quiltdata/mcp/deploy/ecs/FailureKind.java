package com.quiltdata.mcp.deploy.ecs;

import java.util.regex.Pattern;

/// Why tasks do not come up, as far as ECS lets it be known. In the order in which they are looked
/// for; the texts of ECS are no contract, so they are matched loosely.
public enum FailureKind {
  /// The processor does not understand the program.
  WRONG_PLATFORM(
      "exec format error|PlatformTaskDefinitionIncompatib|not match the platform",
      true,
      "the image is built for another processor than the task definition says",
      "compare the image's platform with runtimePlatform of the task definition"),
  /// The image cannot be had.
  IMAGE_PULL(
      "CannotPullContainer|CannotPullImage|pull image manifest|manifest unknown",
      true,
      "the image cannot be pulled",
      "check that the digest is in ECR, that the execution role may pull it, and that the subnets reach ECR"),
  /// A secret or parameter cannot be had.
  SECRET(
      "unable to pull secrets|unable to retrieve secret|retrieve secrets? from|ssm parameters|secrets? manager",
      true,
      "a secret or parameter of the task definition cannot be read",
      "check that it exists and that the execution role may read it"),
  /// The log group is missing.
  LOG_GROUP(
      "log group does not exist|failed to validate logger|logs:CreateLog",
      true,
      "the log group cannot be written to",
      "create the log group, or let the execution role write to it"),
  /// A role cannot be assumed.
  ROLE(
      "unable to assume the role|unable to assume role|not authorized to perform: sts:AssumeRole",
      true,
      "ECS cannot assume a role of the task definition",
      "check that both roles exist and trust ecs-tasks.amazonaws.com"),
  /// The container ran out of memory.
  MEMORY(
      "OutOfMemory|OOM|Container killed due to memory",
      true,
      "the container ran out of memory",
      "raise memory in the task definition, or find out what the new version needs it for"),
  /// The check in the container fails.
  CONTAINER_HEALTH(
      "container health check",
      true,
      "the health check in the container fails",
      "look at the logs below, at the health command and at its startPeriod"),
  /// The check of the load balancer fails.
  TARGET_HEALTH(
      "ELB health check|target group.*unhealthy|is unhealthy",
      true,
      "the load balancer's health check fails",
      "check path, matcher, port, grace period and the security group between balancer and task"),
  /// There is no room.
  CAPACITY(
      "Capacity is unavailable|unable to place a task|RESOURCE:|network interface|\\bENI\\b",
      false,
      "AWS has no capacity or no network interface for the task",
      "wait, or use other subnets or another size"),
  /// The program ended by itself.
  EXITED(
      "Essential container in task exited|EssentialContainerExited",
      true,
      "the container exits",
      "look at its exit code and at the logs below");

  private final Pattern pattern;
  private final boolean permanent;
  private final String cause;
  private final String advice;

  FailureKind(String pattern, boolean permanent, String cause, String advice) {
    this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    this.permanent = permanent;
    this.cause = cause;
    this.advice = advice;
  }

  /// Whether a text of ECS speaks of it.
  boolean speaksOf(String text) {
    return pattern.matcher(text).find();
  }

  /// Whether trying again will not help.
  public boolean isPermanent() {
    return permanent;
  }

  /// What is wrong, without a capital and a full stop.
  public String cause() {
    return cause;
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
