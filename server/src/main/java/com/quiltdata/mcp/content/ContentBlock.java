package com.quiltdata.mcp.content;

import com.quiltdata.mcp.json.StrictJson;
import tools.jackson.databind.node.ObjectNode;

/// One piece of what a server gives to a model (MCP 2026-07-28, `ContentBlock`).
public sealed interface ContentBlock {
  /// The block as the newest revision writes it.
  ObjectNode toJson();

  /// A text.
  ///
  /// @param text it
  record Text(String text) implements ContentBlock {
    @Override
    public ObjectNode toJson() {
      return StrictJson.NODES.objectNode().put("type", "text").put("text", text);
    }
  }

  /// An image.
  ///
  /// @param base64 its bytes
  /// @param mimeType of the bytes
  record Image(String base64, String mimeType) implements ContentBlock {
    @Override
    public ObjectNode toJson() {
      return media("image", base64, mimeType);
    }
  }

  /// A sound.
  ///
  /// @param base64 its bytes
  /// @param mimeType of the bytes
  record Audio(String base64, String mimeType) implements ContentBlock {
    @Override
    public ObjectNode toJson() {
      return media("audio", base64, mimeType);
    }
  }

  /// A resource, contents included.
  ///
  /// @param uri its URI
  /// @param mimeType of the text
  /// @param text its contents
  record Embedded(String uri, String mimeType, String text) implements ContentBlock {
    @Override
    public ObjectNode toJson() {
      ObjectNode block = StrictJson.NODES.objectNode().put("type", "resource");
      block.putObject("resource").put("uri", uri).put("mimeType", mimeType).put("text", text);
      return block;
    }
  }

  /// A resource that the client may read.
  ///
  /// @param uri its URI
  /// @param name for people
  record Link(String uri, String name) implements ContentBlock {
    @Override
    public ObjectNode toJson() {
      return StrictJson.NODES
          .objectNode()
          .put("type", "resource_link")
          .put("uri", uri)
          .put("name", name);
    }
  }

  private static ObjectNode media(String type, String base64, String mimeType) {
    return StrictJson.NODES
        .objectNode()
        .put("type", type)
        .put("data", base64)
        .put("mimeType", mimeType);
  }
}
