package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A task definition as AWS describes it, members that nobody here knows included.
///
/// @param json the member `taskDefinition` of the answer; not to be changed
/// @param tags the member `tags` beside it; not to be changed
public record TaskDefinition(ObjectNode json, ArrayNode tags) {
  /// The variable that tells the server which version it is.
  public static final String VERSION_VARIABLE = "MCP_SERVER_VERSION";

  /// What AWS adds, and refuses to be sent.
  private static final Set<String> READ_ONLY =
      Set.of(
          "taskDefinitionArn",
          "revision",
          "status",
          "requiresAttributes",
          "compatibilities",
          "registeredAt",
          "registeredBy",
          "deregisteredAt");

  private static final List<String> SECRET_WORDS =
      List.of(
          "secret",
          "password",
          "passwd",
          "token",
          "apikey",
          "api_key",
          "private_key",
          "credential");

  /// Settings that say where a secret is, or how secrets are treated.
  private static final Pattern ABOUT_SECRETS =
      Pattern.compile(
          ".*_(kid|ssm_parameter|param|arn|refresh|max_age|overlap|rate|bytes)"
              + "|mcp_(max|require|allow)_.*|mcp_catalog_tokens");

  /// Reads an answer of DescribeTaskDefinition.
  static TaskDefinition of(byte[] answer) {
    JsonNode json = Json.read(answer);
    ArrayNode tags = json.path("tags") instanceof ArrayNode array ? array : Json.array();
    return new TaskDefinition((ObjectNode) json.required("taskDefinition"), tags);
  }

  /// The whole ARN, revision included.
  public String arn() {
    return json.path("taskDefinitionArn").asString("");
  }

  /// Family and revision, `quilt-mcp-server:7` for example.
  public String shortName() {
    return shortName(arn());
  }

  /// Family and revision of an ARN.
  public static String shortName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /// A member that is a text; empty when it is missing.
  public Optional<String> text(String member) {
    return Optional.of(json.path(member)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /// A container.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] naming those that there are
  public ObjectNode container(String name) {
    return find(json, name)
        .orElseThrow(() ->
            Failure.of(
                ExitCode.PREFLIGHT_FAILED,
                "Task definition %s has no container '%s'; it has: %s"
                    .formatted(shortName(), name, String.join(", ", containers()))));
  }

  /// The health command of a container, with its form (`CMD`, `CMD-SHELL`) first; empty where it
  /// has none.
  public List<String> healthCommand(String container) {
    return container(container)
        .path("healthCheck")
        .path("command")
        .valueStream()
        .map(one -> one.asString(""))
        .toList();
  }

  /// Whether there is a container of that name.
  public boolean hasContainer(String name) {
    return find(json, name).isPresent();
  }

  /// The names of its containers.
  public List<String> containers() {
    return json.path("containerDefinitions")
        .valueStream()
        .map(one -> one.path("name").asString("?"))
        .toList();
  }

  private static Optional<ObjectNode> find(ObjectNode definition, String name) {
    return definition
        .path("containerDefinitions")
        .valueStream()
        .filter(one -> one.path("name").asString("").equals(name))
        .map(ObjectNode.class::cast)
        .findFirst();
  }

  /// The image of a container.
  public String image(String container) {
    return container(container).path("image").asString("");
  }

  /// The value of a variable of a container.
  public Optional<String> variable(String container, String name) {
    return container(container)
        .path("environment")
        .valueStream()
        .filter(one -> one.path("name").asString("").equals(name))
        .map(one -> one.path("value").asString(""))
        .findFirst();
  }

  /// What is asked of AWS to run another image: image and version change and nothing else.
  ///
  /// @param container whose image
  /// @param image with its digest
  /// @param version what the server tells
  /// @return the body of RegisterTaskDefinition
  public ObjectNode withImage(String container, String image, String version) {
    container(container);
    ObjectNode body = registrable();
    ObjectNode changed = find(body, container).orElseThrow();
    changed.put("image", image);
    setVariable(changed, VERSION_VARIABLE, version);
    return body;
  }

  /// What is asked of AWS to register the same once more.
  public ObjectNode registrable() {
    ObjectNode body = json.deepCopy();
    body.remove(READ_ONLY);
    if (!tags.isEmpty()) {
      body.set("tags", tags.deepCopy());
    }
    return body;
  }

  private static void setVariable(ObjectNode container, String name, String value) {
    if (!(container.path("environment") instanceof ArrayNode variables)) {
      container.putArray("environment").addObject().put("name", name).put("value", value);
      return;
    }
    for (JsonNode one : variables) {
      if (one.path("name").asString("").equals(name) && one instanceof ObjectNode variable) {
        variable.put("value", value);
        return;
      }
    }
    variables.addObject().put("name", name).put("value", value);
  }

  /// Variables of all containers that look like secrets and stand there in plain text.
  ///
  /// @return their names, never their values
  public List<String> plainSecrets() {
    List<String> found = new ArrayList<>();
    json.path("containerDefinitions")
        .forEach(container ->
            container
                .path("environment")
                .valueStream()
                .filter(one -> !one.path("value").asString("").isBlank())
                .map(one -> one.path("name").asString(""))
                .filter(TaskDefinition::soundsSecret)
                .forEach(found::add));
    return found;
  }

  /// Whether a variable is a secret by its name.
  static boolean soundsSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains)
        && !ABOUT_SECRETS.matcher(lower).matches();
  }

  /// Where the values of secrets come from: ARNs and names of parameters, of all containers.
  public List<String> secretSources() {
    List<String> sources = new ArrayList<>();
    json.path("containerDefinitions")
        .forEach(container ->
            container
                .path("secrets")
                .forEach(one -> sources.add(one.path("valueFrom").asString(""))));
    return sources;
  }

  /// An option of the log driver of a container, `awslogs-group` for example.
  public Optional<String> logOption(String container, String option) {
    return Optional.of(container(container).path("logConfiguration").path("options").path(option))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }
}
