package com.quiltdata.mcp.credentials;

import java.time.Duration;

/// A wish for a role.
///
/// @param role which one
/// @param isClaimed whether a token names it; else it is the data role
/// @param name of the session, and the source identity
/// @param policy what the session may do at most
/// @param life for how long, 15 minutes to an hour
record RoleRequest(
    RoleArn role, boolean isClaimed, SessionName name, SessionPolicy policy, Duration life) {
  private static final Duration LEAST = Duration.ofMinutes(15);
  private static final Duration MOST = Duration.ofHours(1);

  /// Brings the life into the limits of STS.
  RoleRequest {
    life = life.compareTo(LEAST) < 0 ? LEAST : life.compareTo(MOST) > 0 ? MOST : life;
  }
}
