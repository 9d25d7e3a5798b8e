package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// What a resource, or a family of them, declares about itself.
///
/// @param address one URI or a template of URIs
/// @param name short, for lists
/// @param title for people
/// @param description for models
/// @param mimeType of the contents
/// @param needs the rights that reading takes
public record ResourceSpec(
    Address address,
    String name,
    String title,
    String description,
    String mimeType,
    ToolNeeds needs) {

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
