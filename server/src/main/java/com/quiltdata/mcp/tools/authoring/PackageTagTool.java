package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.Tagging;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ArgumentRule;
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

/// `package_tag`.
final class PackageTagTool implements Tool {
  private final CallStorage storage;

  PackageTagTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "package_tag",
            "Tag a revision",
            """
            Give a revision of a package a name of its own, for example published, or move or remove \
            such a name. Other tools take it as top_hash. Before one is removed the user is asked, or has \
            to have agreed (confirm). What latest means is changed with \
            package_rollback.\
            """,
            AuthoringTools.GROUP,
            List.of(
                StorageParameters.packageName(),
                StorageParameters.registry(),
                Parameter.text("tag", "The name: letters, digits, _ . and -")
                    .upTo(255)
                    .required()
                    .taught("the tag", "published"),
                Parameter.text(
                        "top_hash",
                        "The revision: a top hash, its first 6 or more digits, or another tag; the latest when left out")
                    .upTo(255)
                    .or(""),
                Parameter.flag("remove", "Whether to remove the tag").or(false),
                PushParameters.confirm("the tag is removed")),
            result(
                member("status", string("success")),
                member("action", string("tagged, unchanged or untagged")),
                member("package_name", string("As asked")),
                member("registry", string("As asked")),
                member("tag", string("As asked")),
                member("top_hash", stringOrNull("What it names now; null when it is gone")),
                member(
                    "previous_top_hash", stringOrNull("What it named before; null when it is new")),
                member("auth_type", string("jwt or iam"))),
            new ToolHints(false, true, true, false),
            ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
            List.of())
        .where(
            PushParameters.askedFirst("When `remove` is true,"),
            new ArgumentRule.Told("`top_hash` counts when `remove` is false"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    String tag = arguments.text("tag");
    ObjectStore store = storage.of(call.grant());
    Tagging tagging = new Tagging(store, bucket);
    if (arguments.flag("remove")) {
      TopHash named = new Registry(store, bucket).resolve(name, RevisionReference.tag(tag));
      Optional<ToolResult> obstacle =
          new Confirmation(
                  "Remove tag %s of package %s in registry s3://%s, which names revision %s?"
                      .formatted(Quoted.of(tag), name, bucket, named.shortForm()),
                  "No tag was removed")
              .obstacle(call.input(), arguments.flag("confirm"));
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
      TopHash before = tagging.remove(name, tag);
      return told(call, "untagged", Optional.empty(), Optional.of(before));
    }
    TopHash hash =
        new Registry(store, bucket)
            .resolve(name, RevisionReference.parse(arguments.text("top_hash")));
    Optional<TopHash> before = tagging.put(name, tag, hash);
    String action = before.equals(Optional.of(hash)) ? "unchanged" : "tagged";
    return told(call, action, Optional.of(hash), before);
  }

  private static ToolResult told(
      ToolCall call, String action, Optional<TopHash> now, Optional<TopHash> before) {
    return new ToolResult.Success(
        ToolResult.fields()
            .put("status", "success")
            .put("action", action)
            .put("package_name", call.arguments().text("package_name"))
            .put("registry", call.arguments().text("registry"))
            .put("tag", call.arguments().text("tag"))
            .put("top_hash", now.map(TopHash::value).orElse(null))
            .put("previous_top_hash", before.map(TopHash::value).orElse(null))
            .put("auth_type", CallerLabel.of(call.caller())));
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.of(fault, arguments, "Look at the package again, then tag");
  }
}
