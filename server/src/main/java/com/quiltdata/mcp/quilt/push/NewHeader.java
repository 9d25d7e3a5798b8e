package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the header of a new revision, with the members in the order of the official client:
/// version, user_meta, workflow, message. Nothing else of the base's header is kept.
///
/// @param base header of the base
/// @param edit what the revision is
record NewHeader(ManifestHeader base, PackageEdit edit) {
  private static final String USER_META = "user_meta";

  /// The header of a package that was made from nothing.
  static ManifestHeader empty() {
    return new ManifestHeader(StrictJson.NODES.objectNode().put("version", "v0"));
  }

  /// The new header.
  ///
  /// @param workflow that checked the package; empty where the registry has none
  ManifestHeader of(Optional<ObjectNode> workflow) {
    ObjectNode json = StrictJson.NODES.objectNode().put("version", "v0");
    userMeta().ifPresent(meta -> json.set(USER_META, meta));
    workflow.ifPresent(member -> json.set("workflow", member));
    json.put("message", edit.message().orElse(null));
    return new ManifestHeader(json);
  }

  /// An object or null; empty when absent.
  private Optional<JsonNode> userMeta() {
    Optional<JsonNode> old = base.json().optional(USER_META);
    return switch (edit.metadata()) {
      case MetadataEdit.Keep() -> old;
      case MetadataEdit.Replace(ObjectNode metadata) -> Optional.of(metadata);
      case MetadataEdit.Merge(ObjectNode members) -> Optional.of(merged(old, members));
      case MetadataEdit.Clear() -> Optional.of(NullNode.getInstance());
      case MetadataEdit.Remove() -> Optional.empty();
    };
  }

  private static ObjectNode merged(Optional<JsonNode> old, ObjectNode members) {
    ObjectNode merged = StrictJson.NODES.objectNode();
    old.filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast).ifPresent(merged::setAll);
    merged.setAll(members);
    return merged;
  }
}
