package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The metadata of a package: a template, then where the files come from and how many they are,
/// then what the caller gives, which wins.
///
/// @param template the template
/// @param description what the caller says of the package; may be empty
/// @param given by the caller
record ProposedMetadata(MetadataTemplate template, String description, Optional<ObjectNode> given) {
  /// Writes the metadata.
  ///
  /// @param source where the files come from
  /// @param contents the files
  /// @param now the date of creation
  ObjectNode of(SourceFolder source, FolderContents contents, Instant now) {
    ObjectNode metadata =
        template.fill(Optional.of(description).filter(text -> !text.isBlank()), now);
    metadata
        .putObject("source")
        .put("type", "s3_bucket")
        .put("bucket", source.bucket().value())
        .put("prefix", source.prefix());
    metadata.put("total_files", contents.files()).put("total_size_bytes", contents.bytes());
    contents.extensions().forEach(metadata.putArray("file_types")::add);
    given.ifPresent(metadata::setAll);
    return metadata;
  }
}
