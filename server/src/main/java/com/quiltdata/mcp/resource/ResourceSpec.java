package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What a resource, or a family of them, declares about itself.
///
/// @param address one URI or a template of URIs
/// @param name short, for lists
/// @param title for people
/// @param description for models
/// @param mimeType of the contents
/// @param needs the rights that reading takes
/// @param completers propose values for variables of the template, by their names
public record ResourceSpec(
    Address address,
    String name,
    String title,
    String description,
    String mimeType,
    ToolNeeds needs,
    Map<String, Completer> completers) {

  /// Copies the completers and checks that each has its variable.
  public ResourceSpec {
    completers = Map.copyOf(completers);
    if (!address.variables().containsAll(completers.keySet())) {
      throw new IllegalArgumentException("a completer of %s has no variable".formatted(name));
    }
  }

  /// A resource whose address is not completed.
  ///
  /// @param address one URI or a template of URIs
  /// @param name short, for lists
  /// @param title for people
  /// @param description for models
  /// @param mimeType of the contents
  /// @param needs the rights that reading takes
  public ResourceSpec(
      Address address,
      String name,
      String title,
      String description,
      String mimeType,
      ToolNeeds needs) {
    this(address, name, title, description, mimeType, needs, Map.of());
  }

  /// Where a resource is found.
  public sealed interface Address {
    /// At one URI.
    ///
    /// @param uri it
    record Fixed(String uri) implements Address {}

    /// At every URI that a template expands to.
    ///
    /// @param template it
    record Templated(UriTemplate template) implements Address {}

    /// What of it is to be filled in.
    ///
    /// @return names of variables, none for a fixed URI
    default List<String> variables() {
      return switch (this) {
        case Fixed _ -> List.of();
        case Templated(UriTemplate template) -> template.variables();
      };
    }

    /// The URI or the template as it is written.
    default String text() {
      return switch (this) {
        case Fixed(String uri) -> uri;
        case Templated(UriTemplate template) -> template.text();
      };
    }
  }

  /// The entry of `resources/list` or `resources/templates/list`.
  public ObjectNode toJson() {
    ObjectNode json = StrictJson.NODES.objectNode();
    switch (address) {
      case Address.Fixed fixed -> json.put("uri", fixed.uri());
      case Address.Templated templated -> json.put("uriTemplate", templated.template().text());
    }
    return json.put("name", name)
        .put("title", title)
        .put("description", description)
        .put("mimeType", mimeType);
  }
}
