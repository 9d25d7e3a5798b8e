package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.check.CheckDepth;
import com.quiltdata.mcp.quilt.check.CheckReport;
import com.quiltdata.mcp.quilt.check.Finding;
import com.quiltdata.mcp.quilt.check.PackageCheck;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.Sizes;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `package_validate`.
final class PackageValidateTool implements Tool {
  private static final int MAX_FINDINGS = 1_000;

  private final CallStorage storage;

  PackageValidateTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_validate",
        "Check a package",
        """
        Check a package revision: whether its manifest hashes to its name and is in order, whether \
        every object is there with its size, and with check_integrity whether every byte is as it \
        was hashed, which reads all of them. Everything wrong is listed with a code. \
        Nothing is changed.\
        """,
        PackageTools.GROUP,
        List.of(
            StorageParameters.packageName(),
            StorageParameters.registry(),
            StorageParameters.revision().or(""),
            Parameter.flag(
                    "check_integrity", "Whether to read the bytes of all files and hash them again")
                .or(false),
            Parameter.flag(
                    "check_accessibility",
                    "Whether to look up the objects of all files; always done with check_integrity")
                .or(true),
            Parameter.whole("limit", 1, MAX_FINDINGS, "Most findings in the answer").or(100)),
        result(
            member("package_name", string("As asked")),
            member("registry", string("As asked")),
            member("top_hash", string("The revision")),
            member("valid", bool("Whether no error was found, as far as was looked")),
            member(
                "checked",
                object(
                    "How closely was looked",
                    member("manifest", bool("Always")),
                    member("accessibility", bool("Whether objects were looked up")),
                    member("integrity", bool("Whether bytes were hashed")))),
            member("total_entries", integer("Files that could be read from the manifest")),
            member("total_size", integer("Bytes of all files, as the package says")),
            member("counts", map("Code to how often it was found")),
            member(
                "findings",
                array(
                    "What was found",
                    object(
                        "A finding",
                        member("code", string("Stable code, for example missing_object")),
                        member("severity", string("error, or warning for a risk")),
                        optional("logical_key", string("The file, if it is about one")),
                        optional("line", integer("Of the manifest, from 1")),
                        member("problem", string("What is wrong"))))),
            optional("truncated", bool("True when not all findings are listed")),
            member("message", string("All of it in a sentence")),
            member("auth_type", string("jwt or iam"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    CallerReach reach = new CallerReach(storage.of(call.grant()), call.caller());
    TopHash hash =
        new Registry(reach.store(), bucket)
            .resolve(name, RevisionReference.parse(arguments.text("top_hash")));
    CheckDepth depth = depth(arguments);
    if (depth == CheckDepth.MANIFEST) {
      return check(call, reach, bucket, hash, depth, call.output());
    }
    return new ToolResult.Deferred(
        new Job.Here(false, (_, output) -> check(call, reach, bucket, hash, depth, output)));
  }

  private static CheckDepth depth(Arguments arguments) {
    if (arguments.flag("check_integrity")) {
      return CheckDepth.BYTES;
    }
    return arguments.flag("check_accessibility") ? CheckDepth.OBJECTS : CheckDepth.MANIFEST;
  }

  private static ToolResult check(
      ToolCall call,
      CallerReach reach,
      BucketName bucket,
      TopHash hash,
      CheckDepth depth,
      CallOutput output) {
    CheckReport report =
        new PackageCheck(reach.store(), bucket, reach::covers)
            .check(
                hash,
                depth,
                call.arguments().wholeInt("limit"),
                entries ->
                    output.progress(
                        (double) entries,
                        OptionalDouble.empty(),
                        "%d files checked".formatted(entries)));
    ObjectNode fields =
        ToolResult.fields()
            .put("package_name", call.arguments().text("package_name"))
            .put("registry", call.arguments().text("registry"))
            .put("top_hash", hash.value())
            .put("valid", report.isSound());
    fields
        .putObject("checked")
        .put("manifest", true)
        .put("accessibility", depth != CheckDepth.MANIFEST)
        .put("integrity", depth == CheckDepth.BYTES);
    fields.put("total_entries", report.entries()).put("total_size", report.totalBytes());
    ObjectNode counts = fields.putObject("counts");
    report.counts().forEach((code, count) -> counts.put(code.wire(), count));
    fields.put("message", message(report, depth)).put("auth_type", CallerLabel.of(call.caller()));
    boolean isCut = !write(report, fields, call.limits());
    if (isCut || report.isTruncated()) {
      fields.put("truncated", true);
    }
    return new ToolResult.Success(fields);
  }

  /// Writes the findings for which there is room.
  ///
  /// @return whether all of the report are written
  private static boolean write(CheckReport report, ObjectNode fields, ToolLimits limits) {
    ResultBudget budget = ResultBudget.after(limits, fields);
    ArrayNode findings = fields.putArray("findings");
    for (Finding finding : report.findings()) {
      ObjectNode json =
          StrictJson.NODES
              .objectNode()
              .put("code", finding.code().wire())
              .put("severity", finding.code().isError() ? "error" : "warning");
      finding.key().map(LogicalKey::value).ifPresent(key -> json.put("logical_key", key));
      finding.line().ifPresent(line -> json.put("line", line));
      json.put("problem", finding.text());
      if (!budget.take(json)) {
        return false;
      }
      findings.add(json);
    }
    return true;
  }

  private static String message(CheckReport report, CheckDepth depth) {
    long errors =
        report.counts().entrySet().stream()
            .filter(one -> one.getKey().isError())
            .mapToLong(one -> one.getValue())
            .sum();
    long warnings = report.counts().values().stream().mapToLong(Long::longValue).sum() - errors;
    String looked =
        switch (depth) {
          case MANIFEST -> "the manifest was read";
          case OBJECTS -> "every object was looked up, no byte was read";
          case BYTES -> "every byte was read";
        };
    return "%s: %d errors and %d warnings in %d files (%s); %s."
        .formatted(
            report.isSound() ? "Valid" : "Not valid",
            errors,
            warnings,
            report.entries(),
            Sizes.human(report.totalBytes()),
            looked);
  }
}
