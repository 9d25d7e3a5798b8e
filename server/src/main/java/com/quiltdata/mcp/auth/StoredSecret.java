package com.quiltdata.mcp.auth;

import java.time.Instant;
import java.util.Optional;

/// What a store keeps as signing secret. It never prints itself.
///
/// @param current the text that is kept now
/// @param previous the text before the last change, if the store still has it
/// @param changedAt when the current text was written
public record StoredSecret(String current, Optional<String> previous, Instant changedAt) {
  @Override
  public String toString() {
    return "***";
  }
}
