package com.quiltdata.mcp.tools.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.AwsClaims;
import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.ClaimedCredentials;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tool.ToolOffer;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class WhoamiToolTest {
  private static final String TOOL = "whoami";

  private final ToolBench bench = ToolBench.empty();

  private static ObjectNode bucket(String name) {
    return StrictJson.NODES.objectNode().put("bucket", name);
  }

  private JsonNode check(Caller caller, String tool, ObjectNode arguments) {
    return bench.call(caller, TOOL, "tool", tool, "arguments", arguments).succeeds().get("check");
  }

  @Test
  void tellsOfTheTokenOfThisRequest() {
    Answer answer = bench.call(Callers.bearer("b", "a"), TOOL).succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "subject",
            "level",
            "expires_at",
            "all_buckets",
            "bucket_count",
            "permission_count",
            "roles",
            "buckets",
            "permissions",
            "authentication",
            "token_id",
            "read_only",
            "aws");
    assertThat(answer.get("aws").toString())
        .isEqualTo("{\"source\":\"folder\",\"narrowed\":false}");
    assertThat(answer.text("subject")).isEqualTo("user-1");
    assertThat(answer.text("authentication")).isEqualTo("token");
    assertThat(answer.text("token_id")).isEqualTo(TokenDigest.of("t").forLogs());
    assertThat(answer.get("buckets").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void tellsThePersonAtThisMachineWhoTheyAre() {
    Answer answer = bench.local(TOOL).succeeds();
    assertThat(answer.text("subject")).isEqualTo("local");
    assertThat(answer.text("authentication")).isEqualTo("local");
    JsonNode check = check(Callers.LOCAL, "package_browse", bucket("x"));
    assertThat(check.get("rule").stringValue()).isEqualTo("arguments");
  }

  @Test
  void tellsNoSecret() {
    AwsClaims aws =
        new AwsClaims(
            Optional.of("arn:aws:iam::123456789012:role/r"),
            Optional.of(
                new ClaimedCredentials(
                    "AKIAIOSFODNN7EXAMPLE",
                    "wJalrXUtnFEMIsecret",
                    Optional.of("session-secret"),
                    Optional.empty())),
            false);
    Caller caller =
        new Caller.Bearer(
            "ada",
            "kid",
            Level.READ,
            Set.of(),
            new BucketScope(Set.of(), false),
            Set.of(),
            "",
            Instant.parse("2030-01-01T00:00:00Z"),
            TokenDigest.of("t"),
            aws);
    assertThat(bench.call(caller, TOOL).succeeds().fields().toString())
        .doesNotContain("EXAMPLE", "secret", "AKIA");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket_objects_list, mine,     true,  claims,       ''",
    "bucket_objects_list, theirs,   false, buckets,      forbidden_bucket",
    "bucket_objects_list, s3://theirs/, false, buckets,  forbidden_bucket",
    "bucket_objects_list, M!ne,     false, bucket_names, invalid_bucket",
    "package_tag,         mine,     false, permissions,  forbidden_action",
    "no_such_tool,        mine,     false, unknown_tool, not_found",
    "bucket_object_text,  mine,     false, arguments,    invalid_argument",
    "whoami,              mine,     false, arguments,    invalid_argument"
  })
  void saysWhichRuleDecides(
      String tool, String bucket, boolean isAllowed, String rule, String code) {
    Caller caller = Callers.bearerOf(Set.of("s3:Get*", "s3:List*"), "mine");
    JsonNode check = check(caller, tool, bucket(bucket));
    assertThat(check.get("allowed").booleanValue()).isEqualTo(isAllowed);
    assertThat(check.get("rule").stringValue()).isEqualTo(rule);
    assertThat(check.path("code").asString("")).isEqualTo(code);
    assertThat(check.has("fix")).isEqualTo(!isAllowed);
    if (!isAllowed && !rule.equals("unknown_tool")) {
      Answer refused = bench.call(caller, tool, "bucket", bucket);
      assertThat(refused.isSuccess()).isFalse();
      assertThat(refused.text("error")).isEqualTo(check.get("error").stringValue());
      assertThat(refused.text("code")).isEqualTo(code);
    }
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    JsonNode check =
        check(Callers.bearerOf(Set.of("s3:ListBucket"), "mine"), "package_tag", bucket("mine"));
    assertThat(check.get("missing_permissions").toString())
        .isEqualTo("[\"s3:GetObject\",\"s3:PutObject\",\"s3:DeleteObject\"]");
    assertThat(check.get("error").stringValue()).startsWith("Missing required permission(s): ");
  }

  @Test
  void explainsOlderNamesByTheirTool() {
    JsonNode check = check(Callers.LOCAL, "create_package", bucket("mine"));
    assertThat(check.get("tool").stringValue()).isEqualTo("package_create");
  }

  @Test
  void explainsWhatTheServerDoesNotOffer() {
    ToolBench small =
        new ToolBench(
            new InMemoryObjectStore(), new ToolOffer(true, Set.of("access", "authoring")));
    Answer answer = small.local(TOOL, "tool", "package_create").succeeds();
    assertThat(answer.get("read_only").booleanValue()).isTrue();
    assertThat(answer.get("tool_groups").toString()).isEqualTo("[\"access\",\"authoring\"]");
    assertThat(answer.get("check").get("rule").stringValue()).isEqualTo("read_only");
    assertThat(answer.get("check").get("fix").stringValue()).contains("QUILT_READ_ONLY");
    JsonNode other = small.local(TOOL, "tool", "bucket_list").get("check");
    assertThat(other.get("rule").stringValue()).isEqualTo("tool_groups");
  }

  @Test
  void tellsWithWhoseRightsCallsAreMade() {
    Caller ada = Callers.bearer("mine");
    ToolBench assuming =
        new ToolBench(caller ->
            caller.equals(ada)
                ? new AwsRights.Found(
                    "data_role", Optional.of("arn:aws:iam::123456789012:role/data"))
                : new AwsRights.Found("token", Optional.empty()));
    assertThat(assuming.call(ada, TOOL).get("aws").toString())
        .isEqualTo(
            "{\"source\":\"data_role\",\"narrowed\":true,\"role_arn\":\"arn:aws:iam::123456789012:role/data\"}");
    assertThat(assuming.call(Callers.bearer("theirs"), TOOL).get("aws").toString())
        .isEqualTo("{\"source\":\"token\",\"narrowed\":false}");
    Answer status = assuming.call(ada, "get_resource", "uri", "auth://status");
    assertThat(status.get("data").get("aws")).isEqualTo(assuming.call(ada, TOOL).get("aws"));
  }

  @ParameterizedTest
  @CsvSource({"NO_CREDENTIALS, credentials", "FORBIDDEN_ROLE, roles"})
  void saysThatThereAreNoRights(FaultCode code, String rule) {
    ToolBench closed =
        new ToolBench(_ -> new AwsRights.Refused(new Fault(code, "nothing for you")));
    Caller ada = Callers.bearer("mine");
    Answer answer =
        closed.call(ada, TOOL, "tool", "bucket_objects_list", "arguments", bucket("mine"));
    assertThat(answer.get("aws").toString())
        .isEqualTo(
            "{\"source\":\"none\",\"narrowed\":false,\"code\":\"%s\",\"error\":\"nothing for you\"}"
                .formatted(code.wire()));
    assertThat(answer.get("check").get("allowed").booleanValue()).isFalse();
    assertThat(answer.get("check").get("rule").stringValue()).isEqualTo(rule);
    assertThat(answer.get("check").get("code").stringValue()).isEqualTo(code.wire());
    JsonNode needless = closed.call(ada, TOOL, "tool", TOOL).get("check");
    assertThat(needless.get("allowed").booleanValue()).isTrue();
  }

  @Test
  void wantsToKnowWhoseArgumentsTheyAre() {
    Answer answer = bench.local(TOOL, "arguments", bucket("mine"));
    assertThat(answer.isSuccess()).isFalse();
    assertThat(answer.text("error")).contains("'tool'");
  }
}
