package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/// What a task definition needs of AWS: roles, secrets, a log group. Values of secrets are never
/// read.
record DefinitionChecks(AwsClients aws, TaskDefinition definition, String container) {
  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    definition.container(container);
    List<String> plain = definition.plainSecrets();
    if (!plain.isEmpty()) {
      findings.add(
          Finding.error(
              "secrets",
              "plain text in environment: " + String.join(", ", plain),
              "move it to a parameter or secret and name that under secrets"));
    }
    for (String member : List.of("taskRoleArn", "executionRoleArn")) {
      definition.text(member).ifPresent(arn -> role(findings, member, arn));
    }
    definition.secretSources().stream().distinct().forEach(source -> secret(findings, source));
    definition.logOption(container, "awslogs-group").ifPresent(group -> logGroup(findings, group));
    health(findings);
    return findings;
  }

  private void role(List<Finding> findings, String what, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    optional(
            findings,
            what,
            () ->
                aws.call(
                    "look at role " + name,
                    clients -> {
                      try {
                        return Optional.of(
                            clients
                                .iam()
                                .getRole(ask -> ask.roleName(name))
                                .role()
                                .assumeRolePolicyDocument());
                      } catch (NoSuchEntityException _) {
                        return Optional.<String>empty();
                      }
                    }))
        .ifPresent(trust -> findings.add(trusted(what, name, trust)));
  }

  private static Finding trusted(String what, String name, Optional<String> trust) {
    if (trust.isEmpty()) {
      return Finding.error(what, "there is no role " + name, "create the role");
    }
    return URLDecoder.decode(trust.get(), StandardCharsets.UTF_8)
            .contains("ecs-tasks.amazonaws.com")
        ? Finding.ok(what, name)
        : Finding.error(
            what,
            "role %s does not trust ecs-tasks.amazonaws.com".formatted(name),
            "let its trust policy name that service");
  }

  private void secret(List<Finding> findings, String source) {
    boolean isSecret = source.startsWith("arn:") && source.contains(":secretsmanager:");
    optional(
            findings,
            "secret",
            () ->
                aws.call(
                    "look whether secret %s exists".formatted(shortName(source)),
                    clients -> isSecret ? hasSecret(source) : hasParameter(source)))
        .ifPresent(exists ->
            findings.add(
                exists
                    ? Finding.ok("secret", shortName(source))
                    : Finding.error(
                        "secret",
                        "there is no %s %s"
                            .formatted(isSecret ? "secret" : "parameter", shortName(source)),
                        "create it, or correct valueFrom")));
  }

  private static String shortName(String source) {
    int parameter = source.indexOf(":parameter");
    int secret = source.indexOf(":secret:");
    return parameter >= 0
        ? source.substring(parameter + ":parameter".length())
        : secret >= 0 ? source.substring(secret + ":secret:".length()) : source;
  }

  /// `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:JSON KEY:STAGE:VERSION]`.
  private boolean hasSecret(String source) {
    String[] parts = source.split(":", -1);
    String arn = String.join(":", List.of(parts).subList(0, Math.min(parts.length, 7)));
    try {
      aws.secrets().describeSecret(ask -> ask.secretId(arn));
      return true;
    } catch (ResourceNotFoundException _) {
      return false;
    }
  }

  private boolean hasParameter(String source) {
    String name = shortName(source);
    ParameterStringFilter named =
        ParameterStringFilter.builder().key("Name").option("Equals").values(name).build();
    return !aws.ssm()
        .describeParameters(ask -> ask.parameterFilters(List.of(named)))
        .parameters()
        .isEmpty();
  }

  private void logGroup(List<Finding> findings, String name) {
    optional(
            findings,
            "log group",
            () ->
                aws.call(
                    "look at log group " + name,
                    clients ->
                        clients
                            .logs()
                            .describeLogGroups(ask -> ask.logGroupNamePrefix(name))
                            .logGroups()
                            .stream()
                            .map(LogGroup::logGroupName)
                            .anyMatch(name::equals)))
        .ifPresent(exists ->
            findings.add(
                exists
                    ? Finding.ok("log group", name)
                    : Finding.error(
                        "log group",
                        "there is no log group " + name,
                        "aws logs create-log-group --log-group-name " + name)));
  }

  private void health(List<Finding> findings) {
    String command = definition.container(container).path("healthCheck").path("command").toString();
    if (command.contains("python")) {
      findings.add(
          Finding.error(
              "health command",
              "it runs python, which the image does not have",
              "use [\"CMD\", \"/app/bin/health\"]"));
    }
  }
}
