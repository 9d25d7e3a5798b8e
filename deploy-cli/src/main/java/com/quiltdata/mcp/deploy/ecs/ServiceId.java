package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.regex.Pattern;

/// Names an ECS service.
///
/// @param cluster its cluster
/// @param service its name in the cluster
public record ServiceId(String cluster, String service) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /// Checks both against what AWS allows.
  ///
  /// @throws Failure [ExitCode#USAGE]
  public ServiceId {
    require("cluster", cluster);
    require("service", service);
  }

  private static void require(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.of(
          ExitCode.USAGE,
          "The %s '%s' is no name of ECS: use 1 to 255 letters, digits, hyphens and underscores"
              .formatted(what, name));
    }
  }

  @Override
  public String toString() {
    return cluster + "/" + service;
  }
}
