package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.util.List;

/// What a development token is to say.
///
/// @param subject user id
/// @param buckets bucket names, `*` for all
/// @param permissions full AWS action names
/// @param roles canonical role names
/// @param level read, write or admin
/// @param life time from now to expiry, at least one second
public record TokenRequest(
    String subject,
    List<String> buckets,
    List<String> permissions,
    List<String> roles,
    Level level,
    Duration life) {

  /// Copies the lists and checks the rest.
  public TokenRequest {
    buckets = List.copyOf(buckets);
    permissions = List.copyOf(permissions);
    roles = List.copyOf(roles);
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a token needs a subject");
    }
    if (level == Level.NONE) {
      throw new IllegalArgumentException("the level of a token is read, write or admin");
    }
    if (life.toSeconds() < 1) {
      throw new IllegalArgumentException("a token lives for a second or more");
    }
  }
}
