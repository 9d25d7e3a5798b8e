package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class ToolPolicyTest {
  private static final ObjectNode NO_ARGUMENTS = StrictJson.NODES.objectNode();

  private final ToolPolicy policy = new ToolPolicy();

  @Test
  void allowsTheLocalUserEverything() {
    Caller local = new Caller.Local();

    assertThat(policy.decide(local, "package_delete", bucket("team-data")))
        .isEqualTo(
            new Decision.Allowed(
                new Grant(
                    local,
                    Set.of(new BucketName("team-data")),
                    Set.of("s3:ListBucket", "s3:DeleteObject"))));
    assertThat(policy.decide(local, "admin_user_delete", bucket("NO NAME")))
        .isEqualTo(new Decision.Allowed(Grant.least(local)));
    assertThat(policy.isListed(local, "admin_user_delete")).isTrue();
  }

  @Test
  void asksAnonymousCallersForAToken() {
    Decision denied =
        new Decision.Denied(FaultCode.NOT_AUTHENTICATED, "JWT authentication required", List.of());

    assertThat(policy.decide(new Caller.Anonymous(), "whoami", NO_ARGUMENTS)).isEqualTo(denied);
    assertThat(policy.decide(new Caller.Anonymous(), "no_such_tool", NO_ARGUMENTS))
        .isEqualTo(denied);
    assertThat(policy.decide(new Caller.Anonymous(), ToolNeeds.nothing(), Set.of()))
        .isEqualTo(denied);
    assertThat(policy.isListed(new Caller.Anonymous(), "whoami")).isFalse();
  }

  @Test
  void deniesToolsWithoutARow() {
    Caller everything = bearer(Level.ADMIN, Set.of("*"), Set.of("*"));

    assertThat(policy.decide(everything, "no_such_tool", NO_ARGUMENTS))
        .isEqualTo(new Decision.Denied(FaultCode.NOT_FOUND, "Unknown tool: no_such_tool"));
    assertThat(policy.decide(everything, "x".repeat(200), NO_ARGUMENTS))
        .isEqualTo(
            new Decision.Denied(FaultCode.NOT_FOUND, "Unknown tool: " + "x".repeat(80) + "…"));
    assertThat(policy.decide(everything, "x".repeat(80), NO_ARGUMENTS))
        .isEqualTo(new Decision.Denied(FaultCode.NOT_FOUND, "Unknown tool: " + "x".repeat(80)));
    assertThat(policy.needs("no_such_tool")).isEmpty();
    assertThat(policy.isListed(everything, "no_such_tool")).isFalse();
  }

  @Test
  void namesTheMissingActionsInTheOrderOfTheTable() {
    Caller reader = bearer(Level.READ, Set.of("s3:PutObjectAcl"), Set.of());

    assertThat(policy.decide(reader, "bucket_objects_put", bucket("team-data")))
        .isEqualTo(
            new Decision.Denied(
                FaultCode.FORBIDDEN_ACTION,
                "Missing required permission(s): s3:PutObject, s3:AbortMultipartUpload",
                List.of("s3:PutObject", "s3:AbortMultipartUpload")));
  }

  @ParameterizedTest
  @CsvSource({
    "*,true", "s3:*,true", "s3:Get*,true", "s3:GetObject,true", "s3:GetObject*,true",
    "s3:getobject,false", "s3*,false", "S3:*,false", "athena:*,false", "*:*,false",
    "s3:*Object,false", "'',false", "**,false", "s3:Put*,false", "s3:GetObjectVersion,false"
  })
  void coversTheActionsThatAWildcardMatches(String permission, boolean isCovered) {
    assertThat(new ActionScope(Set.of(permission)).covers("s3:GetObject")).isEqualTo(isCovered);
  }

  @ParameterizedTest
  @CsvSource({
    "team-data,team-data,true",
    "team-data,team-dat,false",
    "team-data,team-data-2,false",
    "team,team-data,false",
    "*,team-data,true",
    "team*,team-data,false",
    "TEAM-DATA,team-data,false"
  })
  void comparesWholeBucketNames(String claimed, String asked, boolean isAllowed) {
    Caller caller = bearer(Level.READ, Set.of("s3:*"), Set.of(claimed));
    Decision decision = policy.decide(caller, "bucket_objects_list", bucket(asked));

    assertThat(decision)
        .isEqualTo(
            isAllowed
                ? new Decision.Allowed(
                    new Grant(
                        caller,
                        Set.of(new BucketName(asked)),
                        Set.of("s3:ListBucket", "s3:GetBucketLocation")))
                : new Decision.Denied(
                    FaultCode.FORBIDDEN_BUCKET, "Access denied to bucket " + asked));
  }

  @Test
  void deniesMalformedNamesEvenToAdministrators() {
    Caller everything = bearer(Level.ADMIN, Set.of("*"), Set.of("*"));

    assertThat(policy.decide(everything, "bucket_objects_list", bucket("A_B")))
        .isEqualTo(new Decision.Denied(FaultCode.INVALID_BUCKET, "Access denied to bucket A_B"));
  }

  @Test
  void checksBucketsOfToolsThatNeedNothingElse() {
    Caller caller = bearer(Level.READ, Set.of(), Set.of("team-data"));

    assertThat(policy.decide(caller, "check_bucket_access", bucket("other-data")))
        .isEqualTo(
            new Decision.Denied(FaultCode.FORBIDDEN_BUCKET, "Access denied to bucket other-data"));
    assertThat(policy.decide(caller, "whoami", NO_ARGUMENTS))
        .isEqualTo(new Decision.Allowed(Grant.least(caller)));
  }

  @Test
  void needsALevelForSomeTools() {
    Caller writer = bearer(Level.WRITE, Set.of("*"), Set.of("team-data"));

    assertThat(policy.decide(writer, "tabulator_table_delete", bucket("team-data")))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(policy.decide(writer, "admin_user_get", NO_ARGUMENTS))
        .isEqualTo(new Decision.Denied(FaultCode.FORBIDDEN_LEVEL, "Missing required level: admin"));
    assertThat(policy.isListed(writer, "admin_user_get")).isFalse();
    assertThat(policy.isListed(writer, "tabulator_table_delete")).isTrue();
    assertThat(policy.isListed(bearer(Level.ADMIN, Set.of(), Set.of()), "admin_user_get")).isTrue();
  }

  @Test
  void takesOneOfSeveralActionsWhereOneIsEnough() {
    String tool = "tabulator_list_buckets";

    assertThat(
            policy.decide(
                bearer(Level.READ, Set.of("s3:ListBucket"), Set.of()), tool, NO_ARGUMENTS))
        .extracting(decision -> ((Decision.Allowed) decision).grant().actions())
        .isEqualTo(Set.of("s3:ListBucket"));
    assertThat(policy.decide(bearer(Level.READ, Set.of(), Set.of()), tool, NO_ARGUMENTS))
        .isEqualTo(
            new Decision.Denied(
                FaultCode.FORBIDDEN_ACTION,
                "Missing required permission(s): glue:GetTables or s3:ListBucket",
                List.of("glue:GetTables", "s3:ListBucket")));
  }

  @Test
  void needsToReadOnlyWhenTheDataComesFromABucket() {
    Caller caller = bearer(Level.READ, Set.of(), Set.of("team-data"));
    String tool = "create_data_visualization";
    ObjectNode text = StrictJson.NODES.objectNode().put("data", "a,b\n1,2");
    ObjectNode uri = StrictJson.NODES.objectNode().put("data", "s3://team-data/d.csv");

    assertThat(policy.decide(caller, tool, text)).isInstanceOf(Decision.Allowed.class);
    assertThat(policy.decide(caller, tool, uri))
        .isEqualTo(
            new Decision.Denied(
                FaultCode.FORBIDDEN_ACTION,
                "Missing required permission(s): s3:GetObject",
                List.of("s3:GetObject")));
    Caller reader = bearer(Level.READ, Set.of("s3:GetObject"), Set.of("team-data"));
    assertThat(policy.decide(reader, tool, text))
        .isEqualTo(new Decision.Allowed(Grant.least(reader)));
    assertThat(policy.decide(reader, tool, uri))
        .isEqualTo(
            new Decision.Allowed(
                new Grant(reader, Set.of(new BucketName("team-data")), Set.of("s3:GetObject"))));
  }

  @Test
  void decidesThingsThatAreNoTools() {
    Caller reader = bearer(Level.READ, Set.of("s3:GetObject"), Set.of("team-data"));
    Set<BucketName> buckets = Set.of(new BucketName("team-data"));

    assertThat(policy.decide(reader, ToolNeeds.actions("s3:GetObject"), buckets))
        .isEqualTo(new Decision.Allowed(new Grant(reader, buckets, Set.of("s3:GetObject"))));
    assertThat(policy.decide(reader, ToolNeeds.level(Level.ADMIN), Set.of()))
        .isInstanceOf(Decision.Denied.class);
    Caller local = new Caller.Local();
    assertThat(policy.decide(local, ToolNeeds.level(Level.ADMIN), buckets))
        .isEqualTo(new Decision.Allowed(Grant.least(local).in(buckets)));
  }

  @Test
  void hasTheRowsThatWereDecidedLater() {
    assertThat(policy.needs("packages_list")).contains(ToolNeeds.actions("s3:ListBucket"));
    assertThat(policy.needs("package_validate"))
        .contains(ToolNeeds.actions("s3:ListBucket", "s3:GetObject"))
        .isEqualTo(policy.needs("package_contents_search"));
    assertThat(policy.needs("package_update_metadata")).isEqualTo(policy.needs("package_update"));
    assertThat(policy.needs("whoami")).contains(ToolNeeds.nothing());
    assertThat(policy.needs("get_resource")).contains(ToolNeeds.nothing());
  }

  @Test
  void takesOtherRows() {
    ToolPolicy other = new ToolPolicy(Map.of("echo", ToolNeeds.nothing()));

    assertThat(other.decide(bearer(Level.READ, Set.of(), Set.of()), "echo", NO_ARGUMENTS))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(other.needs("whoami")).isEmpty();
  }

  @Test
  void turnsADenialIntoTheFailureOfACall() {
    var fault = new Decision.Denied(FaultCode.FORBIDDEN_BUCKET, "text").fault();

    assertThat(fault.code()).isEqualTo(FaultCode.FORBIDDEN_BUCKET);
    assertThat(fault.text()).isEqualTo("text");
  }

  private static ObjectNode bucket(String name) {
    return StrictJson.NODES.objectNode().put("bucket", name);
  }

  private static Caller bearer(Level level, Set<String> permissions, Set<String> buckets) {
    return new Caller.Bearer(
        "user",
        "kid",
        level,
        permissions,
        new BucketScope(buckets, buckets.contains("*")),
        Set.of(),
        "w",
        Instant.MAX,
        TokenDigest.of("t"));
  }
}
