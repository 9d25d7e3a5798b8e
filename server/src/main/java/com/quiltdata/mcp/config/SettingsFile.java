package com.quiltdata.mcp.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a configuration file, YAML or properties by its ending.
///
/// Every value is taken as the text that stands there: a version `1.10` is no number, a secret
/// `0123` is not octal, `${x}` is not replaced. No message shows what is in the file, for secrets
/// are.
public final class SettingsFile {
  private SettingsFile() {}

  /// Reads a file.
  ///
  /// @param file `.yaml`, `.yml` or `.properties`, in UTF-8
  /// @return values by key
  /// @throws InvalidSettingsException when the file is missing or cannot be read as what its ending
  ///   says
  public static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw invalid("there is no file %s".formatted(file));
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      String text = Files.readString(file);
      if (name.endsWith(".properties")) {
        return properties(text);
      }
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        return yaml(text, file);
      }
      throw invalid("%s must end in .yaml, .yml or .properties".formatted(file));
    } catch (MarkedYAMLException e) {
      String place =
          e.getProblemMark() == null ? "" : " from line " + (e.getProblemMark().getLine() + 1);
      throw invalid("%s cannot be read as YAML%s".formatted(file, place));
    } catch (YAMLException | IllegalArgumentException e) {
      throw invalid(
          "%s cannot be read as %s".formatted(file, name.endsWith("s") ? "properties" : "YAML"));
    } catch (CharacterCodingException e) {
      throw invalid("%s is not in UTF-8".formatted(file));
    } catch (IOException e) {
      throw invalid("%s cannot be read; may this user read it?".formatted(file));
    }
  }

  private static Map<String, String> properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static Map<String, String> yaml(String text, Path file) {
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    Map<String, String> values = new LinkedHashMap<>();
    if (root == null) {
      return values;
    }
    if (!(root instanceof MappingNode mapping)) {
      throw invalid("%s must hold one `key: value` a line".formatted(file));
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode(), file);
      if (values.put(key, value(tuple.getValueNode(), file)) != null) {
        throw invalid("%s has the key %s twice".formatted(file, key));
      }
    }
    return values;
  }

  /// A list is written as such or with commas.
  private static String value(Node node, Path file) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(item -> scalar(item, file)).collect(Collectors.joining(","))
        : scalar(node, file);
  }

  private static String scalar(Node node, Path file) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw invalid(
        "%s is nested at line %d; keys are flat, as in `mcp-server-name: value`"
            .formatted(file, node.getStartMark().getLine() + 1));
  }

  private static InvalidSettingsException invalid(String problem) {
    return new InvalidSettingsException(
        List.of("%s (--config): %s".formatted(ProgramSettings.CONFIG_FILE.name(), problem)));
  }
}
