package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What an image says of itself in its configuration.
///
/// @param architecture `amd64` or `arm64`; empty when it does not say
/// @param labels by name
/// @param ports that it opens
public record ImageConfig(String architecture, Map<String, String> labels, Set<Integer> ports) {

  /// Copies both.
  public ImageConfig {
    labels = Map.copyOf(labels);
    ports = Set.copyOf(ports);
  }

  /// Reads a configuration as OCI and Docker write it; empty for what is none.
  static Optional<ImageConfig> parse(byte[] json) {
    JsonNode root;
    try {
      root = Json.read(json);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    Map<String, String> labels = new TreeMap<>();
    root.path("config")
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    Set<Integer> ports =
        root.path("config").path("ExposedPorts").propertyNames().stream()
            .map(port -> port.replaceFirst("/tcp$", ""))
            .filter(port -> port.matches("\\d{1,5}"))
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    return Optional.of(new ImageConfig(root.path("architecture").asString(""), labels, ports));
  }

  /// What the server in it says that it is; empty for an image that deploy-cli has not built.
  public Optional<String> build() {
    Optional<String> version = label(ImageLabels.VERSION);
    Optional<String> revision = revision();
    return label(ImageLabels.TITLE).filter(ImageLabels.NAME::equals).isPresent()
            && version.isPresent()
            && revision.isPresent()
        ? Optional.of(new ImageLabels(version.get(), revision.get(), Optional.empty()).build())
        : Optional.empty();
  }

  /// The source that it was built from.
  public Optional<String> revision() {
    return label(ImageLabels.REVISION);
  }

  /// The health command that it holds.
  public Optional<List<String>> health() {
    return label(ImageLabels.HEALTH).flatMap(ImageConfig::words);
  }

  private Optional<String> label(String name) {
    return Optional.ofNullable(labels.get(name)).filter(value -> !value.isBlank());
  }

  /// A list of texts in JSON; empty for anything else.
  static Optional<List<String>> words(String json) {
    try {
      JsonNode list = Json.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return list.isArray() && list.valueStream().allMatch(JsonNode::isString)
          ? Optional.of(list.valueStream().map(JsonNode::stringValue).toList())
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
