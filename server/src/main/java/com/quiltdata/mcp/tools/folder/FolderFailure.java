package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.CallerReach;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Failures of `package_create_from_s3`, each with `suggested_actions`.
final class FolderFailure {
  private static final int MAX_REGISTRIES = 10;

  private FolderFailure() {}

  /// No registry was named. Buckets are proposed that the caller reaches, the source first: a name
  /// that was made up could be a stranger's.
  static ToolResult noRegistry(CallerReach reach, BucketName source) {
    Set<BucketName> buckets = new LinkedHashSet<>();
    try {
      List<BucketName> all = reach.store().buckets();
      if (all.contains(source)) {
        buckets.add(source);
      }
      buckets.addAll(all);
    } catch (Fault notListed) {
      // Who may not list buckets may still know one.
      buckets.add(source);
    }
    List<String> names =
        buckets.stream()
            .filter(reach::covers)
            .limit(MAX_REGISTRIES)
            .map(bucket -> "s3://" + bucket)
            .toList();
    ObjectNode details =
        actions(
            names.isEmpty()
                ? "Ask the user for the bucket that should hold the package"
                : "Ask the user which bucket should hold the package, then call again with target_registry='%s' for example"
                    .formatted(names.getFirst()),
            "bucket_list shows the buckets within reach");
    names.forEach(details.putArray("suggested_registries")::add);
    return new ToolResult.Failure(
        FaultCode.INVALID_ARGUMENT,
        "Target_registry parameter is required for package_create_from_s3. Specify the bucket that should hold the package",
        details);
  }

  static ToolResult noSource(Fault fault) {
    if (fault.code().isDenial()) {
      return of(
          fault,
          "Cannot access source bucket - insufficient permissions",
          "Ask the owner of the bucket for s3:ListBucket and s3:GetObject",
          "bucket_list shows the buckets within reach");
    }
    return of(
        fault,
        fault.code() == FaultCode.NOT_FOUND ? "Cannot access source bucket" : fault.text(),
        fault.code() == FaultCode.TOO_LARGE
            ? "Give a longer source_prefix; bucket_objects_list shows what there is"
            : "Check source_bucket and source_prefix; bucket_list shows the buckets within reach");
  }

  static ToolResult nothingFound(int seen, int skipped) {
    ObjectNode details =
        actions(
            "Check source_prefix: keys begin with it as it stands, mostly with a slash at its end",
            "Check include_patterns and exclude_patterns: they must fit the whole key, for example *.csv",
            "bucket_objects_list shows what there is");
    details.put(
        "cause",
        skipped > 0
            ? "%d objects fit, but none has a key that can become a path in a package"
                .formatted(skipped)
            : "%d objects lie below the prefix, and the patterns fit none".formatted(seen));
    return new ToolResult.Failure(
        FaultCode.NOT_FOUND, "No objects found matching the specified criteria", details);
  }

  static ToolResult notCreated(Fault fault) {
    return of(
        fault,
        "Cannot create package in target registry",
        switch (fault.code()) {
          case CONFLICT ->
              "Call with force=true to push a new revision over the latest one, or choose another package_name";
          case INVALID_ARGUMENT ->
              "Give what the workflow of the registry demands: metadata, another package_name";
          case NOT_FOUND -> "Check target_registry; if an object vanished meanwhile, call again";
          case FORBIDDEN_BUCKET,
              FORBIDDEN_ACTION,
              FORBIDDEN_LEVEL,
              FORBIDDEN_ROLE,
              NO_CREDENTIALS ->
              "Ask the owner of the bucket for s3:PutObject, or choose another target_registry";
          case TOO_LARGE -> "Make several packages, each of a longer source_prefix";
          case TOO_MANY_BUCKETS,
              INVALID_BUCKET,
              INVALID_S3_URI,
              INVALID_LOGICAL_KEY,
              UNSUPPORTED_SCHEME,
              CORRUPT_DATA,
              NOT_AUTHENTICATED,
              INPUT_REQUIRED,
              QUERY_COST_LIMIT ->
              "See cause; nothing was written that anybody sees";
          case TIMEOUT, CANCELLED, UPSTREAM_UNAVAILABLE, INTERNAL ->
              "Call again: what was stored meanwhile is used";
        });
  }

  private static ToolResult of(Fault fault, String error, String... actions) {
    ObjectNode details = actions(actions);
    if (!error.equals(fault.text())) {
      details.put("cause", fault.text());
    }
    return new ToolResult.Failure(fault.code(), error, details);
  }

  private static ObjectNode actions(String... actions) {
    ObjectNode details = StrictJson.NODES.objectNode();
    List.of(actions).forEach(details.putArray("suggested_actions")::add);
    return details;
  }
}
