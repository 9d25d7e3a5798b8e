package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.Deletion;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.Confirmation;
import com.quiltdata.mcp.tools.PushParameters;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `package_delete`.
final class PackageDeleteTool implements Tool {
  private final CallStorage storage;
  private final ToolPolicy policy = new ToolPolicy();

  PackageDeleteTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "package_delete",
            "Delete a package",
            """
            Delete all revisions of a package from its registry, or one of them. \
            The user is asked first, or has to have agreed (confirm). With dry_run it only tells what \
            would go. The objects of its files stay where they are. \
            To make an older revision the current one use package_rollback.\
            """,
            AuthoringTools.GROUP,
            List.of(
                StorageParameters.packageName(),
                StorageParameters.registry(),
                Parameter.text(
                        "top_hash",
                        "Delete only this revision: a top hash, its first 6 or more digits, or a tag; all when left out")
                    .upTo(255)
                    .or(""),
                PushParameters.dryRun(),
                PushParameters.confirm("the package is deleted")),
            result(
                member("status", string("success")),
                member("action", string("deleted, or preview of a dry run")),
                member("package_name", string("As asked")),
                member("registry", string("As asked")),
                member("message", string("What was done")),
                member("pointers", integer("Pointers to revisions that are gone")),
                member(
                    "latest_top_hash", stringOrNull("Now the latest revision; null when all went")),
                member("auth_type", string("jwt or iam")),
                optional("dry_run", bool("True when nothing was deleted"))),
            new ToolHints(false, true, true, false),
            ToolNeeds.actions("s3:ListBucket", "s3:DeleteObject"),
            List.of())
        .where(PushParameters.askedFirst("Unless `dry_run` is true,"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    ObjectStore looking = storage.of(call.grant());
    Optional<TopHash> revision =
        arguments
            .textIfGiven("top_hash")
            .map(
                text -> new Registry(looking, bucket).resolve(name, RevisionReference.parse(text)));
    Deletion.Outcome planned = delete(looking, bucket, name, revision, true);
    if (planned.pointers().isEmpty()) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "Package %s does not exist in registry s3://%s".formatted(name, bucket));
    }
    Grant grant =
        revision.filter(hash -> moves(looking, bucket, name, hash, planned)).isPresent()
            ? call.grant().and(writing(call.caller(), bucket))
            : call.grant();
    if (arguments.flag("dry_run")) {
      return done(call, planned, "Would delete " + what(name, bucket, revision, planned));
    }
    Confirmation confirmation =
        new Confirmation(
            "Delete %s?".formatted(what(name, bucket, revision, planned)), "Nothing was deleted");
    Optional<ToolResult> obstacle = confirmation.obstacle(call.input(), arguments.flag("confirm"));
    return obstacle.orElseGet(() ->
        done(
            call,
            delete(storage.of(grant), bucket, name, revision, false),
            "Deleted " + what(name, bucket, revision, planned)));
  }

  /// Whether `latest` names the revision now and another one afterwards, for which it is written.
  private static boolean moves(
      ObjectStore store,
      BucketName bucket,
      PackageName name,
      TopHash hash,
      Deletion.Outcome planned) {
    return planned.latest().isPresent()
        && new Registry(store, bucket).findLatest(name).equals(Optional.of(hash));
  }

  /// The row of this tool is that of earlier versions, which never wrote.
  private Grant writing(Caller caller, BucketName bucket) {
    return switch (policy.decide(
        caller, ToolNeeds.actions("s3:GetObject", "s3:PutObject"), Set.of(bucket))) {
      case Decision.Denied denied ->
          throw new Fault(
              denied.code(),
              "%s, to make an older revision the latest one".formatted(denied.text()));
      case Decision.Allowed(Grant grant) -> grant;
    };
  }

  private static Deletion.Outcome delete(
      ObjectStore store,
      BucketName bucket,
      PackageName name,
      Optional<TopHash> revision,
      boolean dryRun) {
    Deletion deletion = new Deletion(store, bucket);
    return revision.isPresent()
        ? deletion.revision(name, revision.get(), dryRun)
        : deletion.all(name, dryRun);
  }

  private static String what(
      PackageName name, BucketName bucket, Optional<TopHash> revision, Deletion.Outcome outcome) {
    String pointers = "%d pointer(s)".formatted(outcome.pointers().size());
    return revision
        .map(hash ->
            "revision %s of package %s in registry s3://%s (%s)"
                .formatted(hash.shortForm(), name, bucket, pointers))
        .orElse(
            "all revisions of package %s in registry s3://%s (%s)"
                .formatted(name, bucket, pointers));
  }

  private static ToolResult done(ToolCall call, Deletion.Outcome outcome, String message) {
    boolean isDry = call.arguments().flag("dry_run");
    ObjectNode fields =
        ToolResult.fields()
            .put("status", "success")
            .put("action", isDry ? "preview" : "deleted")
            .put("package_name", call.arguments().text("package_name"))
            .put("registry", call.arguments().text("registry"))
            .put("message", message + ".")
            .put("pointers", outcome.pointers().size())
            .put("latest_top_hash", outcome.latest().map(TopHash::value).orElse(null))
            .put("auth_type", CallerLabel.of(call.caller()));
    if (isDry) {
      fields.put("dry_run", true);
    }
    return new ToolResult.Success(fields);
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.of(
        fault, arguments, "Look at the package with packages_list, then delete again");
  }
}
