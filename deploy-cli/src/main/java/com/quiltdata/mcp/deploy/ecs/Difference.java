package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// One place where two task definitions differ. Values of secrets are not in it.
///
/// @param path for example `containerDefinitions[mcp-server].image`
/// @param before empty when it was not there
/// @param after empty when it is gone
public record Difference(String path, Optional<String> before, Optional<String> after) {
  private static final String HIDDEN = "***";

  /// All places, in the order of the members.
  public static List<Difference> between(JsonNode before, JsonNode after) {
    List<Difference> found = new ArrayList<>();
    compare("", before, after, found);
    return found;
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<Difference> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (String name : names) {
        String inside = path.isEmpty() ? name : path + "." + name;
        compare(inside, before.path(name), after.path(name), found);
      }
    } else if (before.isArray() && after.isArray()) {
      Set<String> names = new LinkedHashSet<>(names(before));
      names.addAll(names(after));
      for (String name : names) {
        compare("%s[%s]".formatted(path, name), element(before, name), element(after, name), found);
      }
    } else {
      found.add(new Difference(path, shown(path, before), shown(path, after)));
    }
  }

  /// Elements of lists are told apart by their names, else by their positions.
  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      names.add(name(list.get(i), i));
    }
    return names;
  }

  private static String name(JsonNode element, int position) {
    String name = element.path("name").asString(element.path("key").asString(""));
    return name.isEmpty() ? String.valueOf(position) : name;
  }

  private static JsonNode element(JsonNode list, String name) {
    for (int i = 0; i < list.size(); i++) {
      if (name(list.get(i), i).equals(name)) {
        return list.get(i);
      }
    }
    return Json.object().path("missing");
  }

  private static Optional<String> shown(String path, JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (isSecret(path)) {
      return Optional.of(HIDDEN);
    }
    return Optional.of(value.isString() ? value.stringValue() : hidden(value));
  }

  private static boolean isSecret(String path) {
    int variable = path.indexOf(".environment[");
    return variable >= 0 && TaskDefinition.soundsSecret(path.substring(variable));
  }

  /// A whole member that came or went may hold variables.
  private static String hidden(JsonNode value) {
    JsonNode copy = value.deepCopy();
    copy.findParents("value")
        .forEach(parent -> {
          if (TaskDefinition.soundsSecret(parent.path("name").asString(""))) {
            ((tools.jackson.databind.node.ObjectNode) parent).put("value", HIDDEN);
          }
        });
    return Json.text(copy);
  }

  @Override
  public String toString() {
    return "%s: %s -> %s".formatted(path, before.orElse("(none)"), after.orElse("(none)"));
  }
}
