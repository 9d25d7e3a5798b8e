package com.quiltdata.mcp.tools.access;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.CallRule;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.CallCheck;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolOffer;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `whoami`: the verified caller of this very request, and why a call of theirs would be refused.
final class WhoamiTool implements Tool {
  static final ToolSpec SPEC =
      new ToolSpec(
              "whoami",
              "Who am I, and why not",
              """
              Show who calls and what the token allows: subject, level, roles, buckets, permissions, expiry. \
              It tells with whose AWS rights calls are made, but no key. \
              With tool (and arguments) it also says whether that call would be let through and, if not, which rule refuses it, \
              without making the call.\
              """,
              AccessTools.GROUP,
              List.of(
                  Parameter.text("tool", "Name of a tool to explain a call of").upTo(64),
                  Parameter.structure("arguments", 64 << 10, "Arguments of that call")),
              result(
                  member("subject", string("The user id of the token, or local")),
                  optional("issuer", string("Who issued the token; absent for the catalog")),
                  member(
                      "authentication", string("token, or local for the person at this machine")),
                  member("level", string("none, read, write or admin")),
                  member("expires_at", string("When the token ends, ISO 8601")),
                  member("token_id", string("Names the token in the server's log")),
                  member("all_buckets", bool("Whether every bucket is covered")),
                  member("bucket_count", integer("How many buckets are covered by name")),
                  member("permission_count", integer("How many AWS actions are allowed")),
                  member("roles", array("Roles", string("Name or ARN"))),
                  member("buckets", array("Buckets that are covered", string("Name"))),
                  member("permissions", array("What is allowed there", string("AWS action"))),
                  member("read_only", bool("Whether this server refuses everything that writes")),
                  member("aws", AwsRights.schema()),
                  member(
                      "tool_groups",
                      array(
                          "The groups of tools that this server offers, if not all",
                          string("Name"))),
                  member(
                      "check",
                      object(
                          "The call in question",
                          member("tool", string("Its tool")),
                          member("allowed", bool("Whether it would be let through")),
                          member("rule", string("Which rule decides")),
                          optional("code", string("As the call would be refused with")),
                          optional("error", string("The same in words")),
                          optional(
                              "missing_permissions",
                              array("What the token lacks", string("AWS action"))),
                          optional("fix", string("What to do"))))),
              ToolHints.READ_ONLY,
              ToolNeeds.nothing(),
              List.of())
          .where(
              new ArgumentRule.Needs(
                  "arguments", "tool", "'arguments' needs 'tool': whose are they?"));

  private final CallCheck check;
  private final AwsRights.Lookup rights;

  /// The tool.
  ///
  /// @param check that all calls go through, those of this tool too
  /// @param rights with which they go to AWS
  WhoamiTool(CallCheck check, AwsRights.Lookup rights) {
    this.check = check;
    this.rights = rights;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectNode fields = ToolResult.fields();
    CallerWriter.describe(call.caller(), fields);
    if (call.caller() instanceof Caller.Bearer bearer) {
      fields.put("authentication", "token").put("token_id", bearer.tokenDigest());
    } else {
      fields.put("authentication", "local");
    }
    fields.put("read_only", check.offer().isReadOnly());
    fields.set("aws", rights.of(call.caller()).toJson());
    if (!check.offer().groups().isEmpty()) {
      check.offer().groups().stream().sorted().forEach(fields.putArray("tool_groups")::add);
    }
    Optional<String> tool = call.arguments().textIfGiven("tool").filter(name -> !name.isEmpty());
    if (tool.isPresent()) {
      ObjectNode arguments =
          call.arguments().structure("arguments").orElseGet(StrictJson.NODES::objectNode);
      fields.set("check", explained(tool.get(), call.caller(), arguments));
    }
    return new ToolResult.Success(fields);
  }

  private ObjectNode explained(String tool, Caller caller, ObjectNode arguments) {
    ObjectNode told =
        StrictJson.NODES
            .objectNode()
            .put("tool", check.find(tool).map(ToolSpec::name).orElse(tool));
    return switch (check.check(tool, caller, arguments)) {
      case CallCheck.Outcome.Passed _ -> passed(told, tool, caller);
      case CallCheck.Outcome.Unknown _ ->
          refused(
              told,
              CallRule.UNKNOWN_TOOL,
              FaultCode.NOT_FOUND,
              "There is no tool of this name",
              "tools/list shows all");
      case CallCheck.Outcome.Withheld(ToolOffer.Reason reason) -> withheld(told, reason);
      case CallCheck.Outcome.Denied(Decision.Denied denied) -> denied(told, denied);
      case CallCheck.Outcome.Malformed(Fault fault) ->
          refused(
              told,
              CallRule.ARGUMENTS,
              fault.code(),
              fault.text(),
              "Change the argument; its rule is in the tool's inputSchema");
    };
  }

  /// Whoever may call a tool that works in AWS needs rights there, too.
  private ObjectNode passed(ObjectNode told, String tool, Caller caller) {
    boolean asksAws =
        check.find(tool).filter(spec -> !spec.needs().actions().isEmpty()).isPresent();
    if (asksAws && rights.of(caller) instanceof AwsRights.Refused(Fault fault)) {
      CallRule rule = CallRule.denying(fault.code()).orElse(CallRule.CREDENTIALS);
      return refused(told, rule, fault.code(), fault.text(), fix(rule));
    }
    return told.put("allowed", true).put("rule", CallRule.allowing(caller).wire());
  }

  private static ObjectNode withheld(ObjectNode told, ToolOffer.Reason reason) {
    return switch (reason) {
      case READ_ONLY ->
          refused(
              told,
              CallRule.READ_ONLY,
              FaultCode.NOT_FOUND,
              "This server is read-only, and the tool changes something",
              "Its operator decides that (QUILT_READ_ONLY)");
      case GROUP ->
          refused(
              told,
              CallRule.TOOL_GROUPS,
              FaultCode.NOT_FOUND,
              "This server does not offer the group of the tool",
              "Its operator decides that (QUILT_TOOL_GROUPS)");
    };
  }

  private static ObjectNode denied(ObjectNode told, Decision.Denied denied) {
    CallRule rule = CallRule.denying(denied.code()).orElse(CallRule.UNKNOWN_TOOL);
    refused(told, rule, denied.code(), denied.text(), fix(rule));
    if (!denied.missingActions().isEmpty()) {
      denied.missingActions().forEach(told.putArray("missing_permissions")::add);
    }
    return told;
  }

  private static String fix(CallRule rule) {
    return switch (rule) {
      case LEVEL, PERMISSIONS, BUCKETS, ROLES ->
          "Ask the catalog's administrator, or the issuer of the token, for what is missing, then sign in again";
      case BUCKET_NAMES -> "Give the name of a bucket, or s3://BUCKET/KEY, as it is";
      case TOKEN -> "Send a token of the catalog as Authorization: Bearer";
      case CREDENTIALS -> "The operator of this server decides whose AWS rights a call may use";
      case UNKNOWN_TOOL -> "tools/list shows all";
      case LOCAL, CLAIMS, READ_ONLY, TOOL_GROUPS, ARGUMENTS ->
          throw new IllegalStateException("no denial");
    };
  }

  private static ObjectNode refused(
      ObjectNode told, CallRule rule, FaultCode code, String error, String fix) {
    return told.put("allowed", false)
        .put("rule", rule.wire())
        .put("code", code.wire())
        .put("error", error)
        .put("fix", fix);
  }
}
