package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import tools.jackson.databind.JsonNode;

/// What a task definition needs of AWS: roles, secrets, a log group. Values of secrets are never
/// read.
record DefinitionChecks(AwsClients aws, TaskDefinition definition, String container) {
  static final String SECRETS = "secrets";
  private static final String TASKS = "ecs-tasks.amazonaws.com";
  private static final String SIGNING = "MCP_ENHANCED_JWT_SECRET";
  private static final String PUBLISHED = "development-enhanced-jwt-secret";
  private static final int LEAST_BYTES = 32;

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    if (!definition.hasContainer(container)) {
      findings.add(
          Finding.error(
              "container",
              "task definition %s has no container '%s'; it has: %s"
                  .formatted(
                      definition.shortName(),
                      container,
                      String.join(", ", definition.containers())),
              "give --container"));
    }
    List<String> plain = definition.plainSecrets();
    if (!plain.isEmpty()) {
      findings.add(
          Finding.error(
              SECRETS,
              "plain text in environment: %s%s".formatted(String.join(", ", plain), unfit()),
              "move it to a parameter or secret and name that under secrets"));
    }
    for (String member : List.of("taskRoleArn", "executionRoleArn")) {
      definition.text(member).ifPresent(arn -> role(findings, member, arn));
    }
    if (definition.text("executionRoleArn").isEmpty()) {
      findings.add(
          Finding.error(
              "executionRoleArn",
              "there is none: no image of ECR can be pulled, no secret read, no log written",
              "name a role that trusts ecs-tasks.amazonaws.com"));
    }
    definition.secretSources().stream().distinct().forEach(source -> secret(findings, source));
    definition.containers().stream()
        .filter(name ->
            definition
                .logOption(name, "awslogs-region")
                .filter(region -> !region.equals(aws.config().region()))
                .isEmpty())
        .filter(name ->
            definition.logOption(name, "awslogs-create-group").filter("true"::equals).isEmpty())
        .flatMap(name -> definition.logOption(name, "awslogs-group").stream())
        .distinct()
        .forEach(group -> logGroup(findings, group));
    return findings;
  }

  /// What the server would not start with, of a secret that everybody sees anyway.
  private String unfit() {
    String secret =
        definition.hasContainer(container)
            ? definition.variable(container, SIGNING).orElse("")
            : "";
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (secret.equals(PUBLISHED)) {
      return "; %s is the published default, with which the server does not start"
          .formatted(SIGNING);
    }
    return bytes > 0 && bytes < LEAST_BYTES
        ? "; %s has %d bytes, and the server wants %d".formatted(SIGNING, bytes, LEAST_BYTES)
        : "";
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
    return trusts(URLDecoder.decode(trust.get(), StandardCharsets.UTF_8))
        ? Finding.ok(what, name)
        : Finding.error(
            what,
            "role %s does not trust %s".formatted(name, TASKS),
            "let its trust policy name that service");
  }

  /// Whether a statement allows tasks of ECS to have the role.
  private static boolean trusts(String policy) {
    JsonNode statements;
    try {
      statements = Json.readObject(policy).path("Statement");
    } catch (IllegalArgumentException _) {
      return false;
    }
    return each(statements).stream()
        .filter(one -> one.path("Effect").asString("").equals("Allow"))
        .flatMap(one -> each(one.path("Principal").path("Service")).stream())
        .anyMatch(one -> one.asString("").equals(TASKS));
  }

  /// Policies write one of a kind without a list.
  private static List<JsonNode> each(JsonNode node) {
    return node.isArray() ? node.valueStream().toList() : List.of(node);
  }

  private void secret(List<Finding> findings, String source) {
    String region = region(source);
    if (!region.isEmpty() && !region.equals(aws.config().region())) {
      findings.add(Finding.unknown("secret", "%s is in %s".formatted(shortName(source), region)));
      return;
    }
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

  /// `arn:PARTITION:SERVICE:REGION:…`; empty for a name.
  private static String region(String source) {
    String[] parts = source.split(":", -1);
    return source.startsWith("arn:") && parts.length > 3 ? parts[3] : "";
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
      // One that is about to be deleted cannot be read any more.
      return aws.secrets().describeSecret(ask -> ask.secretId(arn)).deletedDate() == null;
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
}
