package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.registry.PackageRevision;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tools.CallStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a prompt says of a package without reading whole manifests.
///
/// @param registry where it is
/// @param name which one
record PackageHead(Registry registry, PackageName name) {
  private static final int MAX_ENTRIES = 50;
  private static final int MAX_POINTERS = 20;
  private static final int MAX_MESSAGE_CHARS = 500;

  /// The package that the arguments `registry` and `package_name` name.
  static PackageHead of(PromptCall call, CallStorage storage) {
    BucketName bucket = BucketName.parse(call.text(PromptArguments.REGISTRY));
    PackageName name = PackageName.parse(call.text(PromptArguments.PACKAGE));
    return new PackageHead(new Registry(storage.of(call.grant()), bucket), name);
  }

  /// The registry as tools take it.
  String uri() {
    return "s3://" + registry.bucket();
  }

  /// The revision that a caller means.
  ///
  /// @param reference what they wrote; nothing stands for the latest
  TopHash resolve(Optional<String> reference) {
    return registry.resolve(name, RevisionReference.parse(reference.orElse("")));
  }

  /// The newest revisions.
  List<PackageRevision> revisions() {
    return registry.newestRevisions(name, MAX_POINTERS);
  }

  /// The beginning of a block that tells of the package.
  DataBlock data() {
    return new DataBlock().put("registry", uri()).put("package_name", name.toString());
  }

  /// Adds the newest revisions.
  void addRevisions(List<PackageRevision> revisions, DataBlock data) {
    data.list(
        "revisions",
        revisions.stream().map(PackageHead::describe).toList(),
        revisions.stream().mapToInt(one -> one.pointers().size()).sum() >= MAX_POINTERS);
  }

  private static JsonNode describe(PackageRevision revision) {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("top_hash", revision.hash().value())
            .put("pushed", revision.pushed().map(Instant::toString).orElse(null));
    ArrayNode tags = json.putArray("tags");
    revision.pointers().stream()
        .filter(pointer -> pointer.pushed().isEmpty())
        .map(Pointer::name)
        .forEach(tags::add);
    return json;
  }

  /// Adds what the first line of a manifest says.
  ///
  /// @param which revision it is, for the members' names; empty when there is only one
  void addHeader(TopHash hash, String which, DataBlock data) {
    data.put(which + "top_hash", hash.value())
        .read(
            which + "manifest",
            () -> {
              ManifestHeader header = registry.header(hash);
              header.message().ifPresent(text -> data.put(which + "message", cut(text)));
              header.userMeta().ifPresent(meta -> data.put(which + "metadata", meta));
              header.workflow().ifPresent(workflow -> data.put(which + "workflow", workflow));
            });
  }

  /// Adds the first files of a revision.
  void addEntries(TopHash hash, DataBlock data) {
    data.read(
        "entries",
        () -> {
          List<JsonNode> entries = new ArrayList<>();
          boolean isCut;
          try (ManifestReader reader = registry.open(hash)) {
            Optional<ManifestEntry> entry = reader.nextEntry();
            while (entry.isPresent() && entries.size() < MAX_ENTRIES) {
              entries.add(describe(entry.get()));
              entry = reader.nextEntry();
            }
            isCut = entry.isPresent();
          }
          data.list("entries", entries, isCut);
        });
  }

  private static JsonNode describe(ManifestEntry entry) {
    ObjectNode json = StrictJson.NODES.objectNode().put("logical_key", entry.logicalKey().value());
    entry.sizeBytes().ifPresentOrElse(bytes -> json.put("size", bytes), () -> json.putNull("size"));
    return json;
  }

  private static String cut(String text) {
    int end =
        text.offsetByCodePoints(
            0, Math.min(MAX_MESSAGE_CHARS, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }
}
