package com.quiltdata.mcp.tools.access;

import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Tells callers who they are. Nothing of it is secret, and nothing is of somebody else.
final class CallerWriter {
  private CallerWriter() {}

  /// Adds what a verified token says, or that the caller is the person at this machine.
  static void describe(Caller caller, ObjectNode members) {
    switch (caller) {
      case Caller.Local _ ->
          members.put("subject", "local").put("level", "admin").put("all_buckets", true);
      case Caller.Bearer bearer -> describe(bearer, members);
      case Caller.Anonymous _ -> {
        // nobody
      }
    }
  }

  private static void describe(Caller.Bearer bearer, ObjectNode members) {
    BucketScope buckets = bearer.buckets();
    bearer.issuer().ifPresent(issuer -> members.put("issuer", issuer));
    members
        .put("subject", bearer.subject())
        .put("level", bearer.level().name().toLowerCase(Locale.ROOT))
        .put("expires_at", bearer.expiresAt().toString())
        .put("all_buckets", buckets.isEverything())
        .put("bucket_count", buckets.names().size())
        .put("permission_count", bearer.permissions().size());
    bearer.roles().stream().sorted().forEach(members.putArray("roles")::add);
    buckets.names().stream().sorted().forEach(members.putArray("buckets")::add);
    bearer.permissions().stream().sorted().forEach(members.putArray("permissions")::add);
  }
}
