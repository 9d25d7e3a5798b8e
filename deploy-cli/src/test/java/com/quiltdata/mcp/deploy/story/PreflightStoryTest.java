package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeIam;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What preflight finds before anything is changed.
final class PreflightStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @Test
  void aServiceAsTerraformLeavesItHasNothingToFind() {
    bench.health("[\"CMD\", \"/app/bin/health\"]");
    assertThat(bench.warned())
        .contains("ok       version: 1.0.0 is free")
        .contains("ok       listener rule: /mcp and /mcp/* of demo.quiltdata.com arrive")
        .contains("ok       platform: linux/amd64")
        .contains("ok       health command: /app/bin/health")
        .contains("ok       target group: attached, port 8000")
        .doesNotContain("warning", "error", "unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ssm:us-east-1:850787717197:parameter/quilt/mcp-server/none",
        "/quilt/mcp-server/none",
        "arn:aws:secretsmanager:us-east-1:850787717197:secret:none-AbCdEf:key::",
        "arn:aws:secretsmanager:us-east-1:850787717197:secret:going-AbCdEf",
      })
  void aMissingParameterOrSecretIsNamed(String source) {
    bench.fake.secrets.secrets.put(
        "arn:aws:secretsmanager:us-east-1:850787717197:secret:going-AbCdEf", true);
    bench.container().putArray("secrets").addObject().put("name", "A").put("valueFrom", source);
    assertThat(head(bench.refused()))
        .contains("secret: there is no")
        .containsAnyOf("none", "going");
  }

  @Test
  void aSecretThatExistsIsFound() {
    String arn = "arn:aws:secretsmanager:us-east-1:850787717197:secret:there-AbCdEf";
    bench.fake.secrets.secrets.put(arn, false);
    bench
        .container()
        .putArray("secrets")
        .addObject()
        .put("name", "A")
        .put("valueFrom", arn + ":key::");
    assertThat(bench.warned()).contains("ok       secret: there-AbCdEf");
  }

  @Test
  void aPlainSecretIsRefusedAndItsValueIsNotShown() {
    bench
        .container()
        .putArray("environment")
        .addObject()
        .put("name", "DB_PASSWORD")
        .put("value", "hunter2");
    ReleaseReport report = bench.refused();
    assertThat(head(report)).contains("DB_PASSWORD");
    assertThat(bench.err + report.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecsTaskRole          |                                             | taskRoleArn: there is no role ecsTaskRole",
        "ecsTaskExecutionRole |                                             | executionRoleArn: there is no role ecsTaskExecutionRole",
        "ecsTaskRole          | {'Statement': [{'Effect': 'Deny', 'Principal': {'Service': 'ecs-tasks.amazonaws.com'}}]} | role ecsTaskRole does not trust ecs-tasks.amazonaws.com",
        "ecsTaskRole          | {'Statement': {'Effect': 'Allow', 'Principal': {'Service': ['ec2.amazonaws.com']}}}      | role ecsTaskRole does not trust ecs-tasks.amazonaws.com",
      })
  void aRoleThatIsMissingOrOfOthersIsNamed(String role, String trust, String cause) {
    if (trust == null) {
      bench.fake.iam.roles.remove(role);
    } else {
      bench.fake.iam.roles.put(role, trust.replace('\'', '"'));
    }
    assertThat(head(bench.refused())).contains(cause);
  }

  @Test
  void aTrustPolicyMayNameSeveralServices() {
    bench.fake.iam.roles.put(
        "ecsTaskRole",
        FakeIam.TRUSTS_TASKS.replace(
            "\"ecs-tasks.amazonaws.com\"", "[\"ec2.amazonaws.com\", \"ecs-tasks.amazonaws.com\"]"));
    assertThat(bench.warned()).contains("ok       taskRoleArn: ecsTaskRole");
  }

  @Test
  void aTaskDefinitionWithoutAnExecutionRoleIsRefused() {
    bench.definition().remove("executionRoleArn");
    assertThat(head(bench.refused())).contains("executionRoleArn: there is none");
  }

  /// A group with a longer name is another one.
  @Test
  void aMissingLogGroupIsNamed() {
    bench.fake.logGroups.clear();
    bench.fake.logGroups.add("/ecs/mcp-server-production-old");
    ReleaseReport report = bench.refused();
    assertThat(head(report)).contains("there is no log group /ecs/mcp-server-production");
    assertThat(report.evidence()).anyMatch(line -> line.contains("aws logs create-log-group"));
  }

  @Test
  void aContainerThatIsNotThereIsNamedWithThoseThatAre() {
    bench.container = "other";
    assertThat(head(bench.refused())).contains("no container 'other'; it has: mcp-server");
  }

  @Test
  void aMissingAlarmIsWarnedOf() {
    bench.fake.service.alarms = List.of("mcp-5xx", "mcp-latency");
    bench.fake.alarms.names.add("mcp-5xx");
    assertThat(bench.warned()).contains("warning  alarms: there is no alarm mcp-latency");
    bench.fake.alarms.names.add("mcp-latency");
    bench.release();
    assertThat(bench.err.toString()).contains("ok       alarms: mcp-5xx, mcp-latency");
  }

  @ParameterizedTest
  @CsvSource({"false, false, it is off", "true, false, is not rolled back by ECS"})
  void aCircuitBreakerThatDoesNotHelpIsWarnedOf(boolean on, boolean back, String text) {
    bench.fake.service.breaker = on;
    bench.fake.service.rollback = back;
    assertThat(bench.warned()).contains("warning  circuit breaker", text);
  }

  @Test
  void tagsThatCanBeOverwrittenAreWarnedOf() {
    bench.fake.mutable = true;
    assertThat(bench.warned()).contains("versions of quilt-mcp-server can be overwritten");
  }

  @Test
  void anotherServiceOnTheSameTargetGroupIsWarnedOf() {
    bench.fake.service.neighbour = "sales-prod-mcp-old";
    bench.strict = true;
    assertThat(head(bench.refused()))
        .contains("other services: sales-prod-mcp-old has the same target group");
    bench.strict = false;
    assertThat(bench.warned()).contains("warning  other services: sales-prod-mcp-old");
  }

  @Test
  void aDesiredCountOfNothingIsWarnedOf() {
    bench.fake.service.desired = 0;
    bench.strict = true;
    assertThat(head(bench.refused())).contains("desired count: it is 0");
  }

  @Test
  void aServiceThatIsNotThereIsToldWithThoseThatAre() {
    bench.service = "nope";
    assertThat(head(bench.refused()))
        .contains("no service 'nope'", "sales-prod-mcp-server-production");
  }

  @Test
  void aClusterThatIsNotThereIsNamed() {
    bench.cluster = "nope";
    assertThat(head(bench.refused())).contains("There is no cluster 'nope' in us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRAINING", "INACTIVE"})
  void aServiceThatIsGoingIsRefused(String status) {
    bench.fake.service.status = status;
    ReleaseReport report = bench.refused();
    assertThat(head(report)).contains("is " + status);
    assertThat(report.evidence()).anyMatch(line -> line.contains("let Terraform create it again"));
  }

  @Test
  void aServiceOfAnotherControllerIsRefused() {
    bench.fake.service.controller = "CODE_DEPLOY";
    assertThat(head(bench.refused())).contains("is deployed by CODE_DEPLOY");
  }

  @Test
  void everythingIsFoundAtOnce() {
    bench.fake.service.controller = "EXTERNAL";
    bench.fake.iam.roles.clear();
    bench.fake.logGroups.clear();
    bench.fake.balancing.rules.clear();
    bench.health("[\"CMD\", \"curl\"]");
    bench.container = "mcp-server";
    ReleaseReport report = bench.refused();
    assertThat(report.evidence()).hasSize(6);
    assertThat(report.serving().orElseThrow())
        .isEqualTo("quilt-mcp-server:1 (1 running), as before");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GetRole",
        "DescribeParameters",
        "DescribeLogGroups",
        "DescribeTargetGroups",
        "DescribeListeners",
        "DescribeRules",
        "DescribeAlarms",
        "ListServices",
      })
  void whatMayNotBeReadIsToldAndNoReason(String operation) {
    bench.fake.service.alarms = List.of("mcp-5xx");
    bench.fake.alarms.names.add("mcp-5xx");
    bench.denied(operation);
    assertThat(bench.warned())
        .contains("unknown  ", "AWS denied access to look")
        .doesNotContain("error  ");
  }

  @Test
  void labelsThatCannotBeReadAreToldAndNoReason() {
    bench.fake.images.put("1.0.0", ReleaseBench.DIGEST);
    bench.fake.failing("BatchGetImage", _ -> true, new AwsError(500, "ServerException", "oops"));
    assertThat(bench.warned()).contains("unknown  labels: AWS failed to read an image");
  }

  @Test
  void labelsThatMayNotBeReadAreToldAndNoReason() {
    bench.fake.images.put("1.0.0", ReleaseBench.DIGEST);
    bench.denied("BatchGetImage");
    assertThat(bench.warned())
        .contains("unknown  labels: AWS denied access")
        .contains("warning  version: 1.0.0 is there: " + ReleaseBench.DIGEST)
        .contains("pushed 2023-11-14T22:13:20Z, which does not say from which source");
  }
}
