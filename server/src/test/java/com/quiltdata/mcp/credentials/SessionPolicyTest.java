package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class SessionPolicyTest {
  private static final Caller CALLER = Tokens.plain("ada");
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private static String policy(Set<String> actions, String... buckets) {
    return SessionPolicy.of(Tokens.grant(CALLER, actions, buckets), "aws").text();
  }

  private static Set<String> actionsOf(String tool) {
    return new LinkedHashSet<>(new ToolPolicy().needs(tool).orElseThrow().actions());
  }

  /// The actions that a policy allows on a resource.
  private static Set<String> allowed(String policy, String resource) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : JSON.read(policy).path("Statement")) {
      assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
      for (JsonNode one : statement.path("Resource")) {
        if (one.stringValue().equals(resource)) {
          statement.path("Action").forEach(action -> actions.add(action.stringValue()));
        }
      }
    }
    return actions;
  }

  @Test
  void isExactlyThisForBrowsingAPackage() {
    assertThat(policy(actionsOf("package_browse"), "team"))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[\
            {"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::team"]},\
            {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["*"],\
            "Condition":{"StringLike":{"kms:ViaService":"s3.*.amazonaws.com*"}}},\
            {"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion",\
            "s3:GetObjectAttributes","s3:GetObjectVersionAttributes"],\
            "Resource":["arn:aws:s3:::team/*"]}]}\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bucket_objects_list | team          | s3:GetBucketLocation s3:ListBucket
          bucket_objects_list | team/*        |
          bucket_objects_list | team/.quilt/* | s3:GetObject
          packages_list       | team/.quilt/* | s3:GetObject
          packages_list       | team/*        |
          package_delete      | team/.quilt/* | s3:DeleteObject s3:GetObject
          package_delete      | team/*        |
          package_delete      | team          | s3:ListBucket
          bucket_objects_put  | team          | s3:ListBucket
          bucket_objects_put  | team/*        | s3:AbortMultipartUpload s3:GetObject s3:GetObjectVersion s3:PutObject
          package_tag         | team/.quilt/* | s3:DeleteObject
          bucket_object_text  | other/*       |
          """)
  void allowsWhatTheToolDoesAndNoMore(String tool, String resource, String actions) {
    assertThat(
            String.join(" ", allowed(policy(actionsOf(tool), "team"), "arn:aws:s3:::" + resource)))
        .isEqualTo(actions == null ? "" : actions);
  }

  @Test
  void namesEveryBucketOfTheCallAndNoOther() {
    String policy = policy(Set.of("s3:GetObject"), "team", "more");
    for (String bucket : List.of("team", "more")) {
      assertThat(allowed(policy, "arn:aws:s3:::" + bucket + "/*")).contains("s3:GetObject");
    }
    assertThat(policy).doesNotContain("\"arn:aws:s3:::*", "s3:*");
  }

  @Test
  void letsWhoNamesNoBucketListThemAndNothingElse() {
    for (Set<String> actions : List.of(Set.<String>of(), Set.of("s3:GetObject", "s3:PutObject"))) {
      assertThat(policy(actions))
          .isEqualTo(
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:ListAllMyBuckets\"],\"Resource\":[\"*\"]}]}");
    }
    assertThat(policy(Set.of("athena:StartQueryExecution"), "team")).doesNotContain("team");
  }

  @Test
  void staysInThePartitionOfTheRole() {
    String text = SessionPolicy.of(Tokens.reading(CALLER, "team"), "aws-us-gov").text();
    assertThat(text).contains("arn:aws-us-gov:s3:::team/*").doesNotContain("arn:aws:");
  }

  @Test
  void refusesMoreBucketsThanStsTakes() {
    Set<String> writing = Set.of("s3:ListBucket", "s3:GetObject", "s3:PutObject");
    String[] some = names(5);
    assertThat(policy(writing, some).length()).isBetween(1_000, 2_048);
    Fault fault = catchThrowableOfType(Fault.class, () -> policy(writing, names(20)));
    assertThat(fault.code()).isEqualTo(FaultCode.TOO_MANY_BUCKETS);
    assertThat(fault.text()).contains("20 buckets", "name fewer");
  }

  private static String[] names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%s-%02d".formatted("x".repeat(60), i))
        .toArray(String[]::new);
  }

  @Test
  void everyActionOnS3HasARow() {
    Set<String> wanted = new TreeSet<>();
    for (String tool :
        List.of(
            "bucket_objects_list",
            "bucket_object_info",
            "bucket_object_text",
            "bucket_objects_put",
            "package_create",
            "package_delete",
            "package_rollback",
            "package_tag",
            "package_browse",
            "package_diff",
            "packages_list",
            "search_catalog",
            "create_data_visualization")) {
      wanted.addAll(actionsOf(tool));
    }
    assertThat(PolicyTable.actions()).containsExactlyInAnyOrderElementsOf(wanted);
  }
}
