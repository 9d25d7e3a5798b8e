package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The policy with which a role is assumed for one grant: its buckets, its actions and nothing
/// else, whatever the role may do.
///
/// @param text JSON of at most 2,048 characters, as STS takes them
record SessionPolicy(String text) {
  private static final int MOST_CHARS = 2_048;
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  /// Writes the policy.
  ///
  /// @param partition of the role, for example `aws`
  /// @throws Fault [FaultCode#TOO_MANY_BUCKETS] when it would be too long
  static SessionPolicy of(Grant grant, String partition) {
    ObjectNode policy = StrictJson.NODES.objectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    Map<PolicyTable.Scope, Set<String>> rights =
        PolicyTable.rights(grant.actions(), !grant.buckets().isEmpty());
    rights.forEach((scope, actions) -> {
      ObjectNode statement = statements.addObject().put("Effect", "Allow");
      actions.forEach(statement.putArray("Action")::add);
      ArrayNode resources = statement.putArray("Resource");
      switch (scope) {
        case BUCKET -> add(grant, partition, "", resources);
        case OBJECTS -> add(grant, partition, "/*", resources);
        case REGISTRY -> add(grant, partition, "/.quilt/*", resources);
        case ACCOUNT -> resources.add("*");
        case KEYS -> {
          // S3 uses a key only for objects, which the other statements are about.
          resources.add("*");
          statement
              .putObject("Condition")
              .putObject("StringLike")
              .put("kms:ViaService", "s3.*.amazonaws.com*");
        }
      }
    });
    String text = JSON.text(policy);
    if (text.length() > MOST_CHARS) {
      throw tooMany(grant.buckets().size());
    }
    return new SessionPolicy(text);
  }

  private static void add(Grant grant, String partition, String keys, ArrayNode resources) {
    for (BucketName bucket : grant.buckets()) {
      resources.add("arn:%s:s3:::%s%s".formatted(partition, bucket, keys));
    }
  }

  static Fault tooMany(int buckets) {
    return new Fault(
        FaultCode.TOO_MANY_BUCKETS,
        "The call names %d buckets, more than its AWS rights can be narrowed to: name fewer in one call"
            .formatted(buckets));
  }
}
