package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The rules of one workflow, checked in the order of the official client; the first one that is
/// broken ends the check.
///
/// @param id its name in the config
/// @param isMessageRequired whether an empty message, or none, is refused
/// @param handlePattern is searched in the name of the package
/// @param metadataSchema id of the schema of the package's metadata
/// @param entriesSchema id of the schema of the list of entries
record Workflow(
    String id,
    boolean isMessageRequired,
    Optional<String> handlePattern,
    Optional<String> metadataSchema,
    Optional<String> entriesSchema) {
  /// All entries are in memory while a schema looks at them.
  static final int MAX_ENTRIES = 100_000;

  /// The ids of the schemas that are needed.
  List<String> schemas() {
    return Stream.of(metadataSchema, entriesSchema).flatMap(Optional::stream).distinct().toList();
  }

  void check(Submission submission, Map<String, SchemaFile> schemas) {
    if (isMessageRequired && submission.message().filter(text -> !text.isEmpty()).isEmpty()) {
      throw broken("Commit message is required by workflow, but none was provided.");
    }
    handlePattern.ifPresent(pattern -> {
      if (!PythonPattern.compile(pattern).find(submission.name().value())) {
        throw broken("Package name doesn't match required pattern.");
      }
    });
    metadataSchema.ifPresent(schema ->
        require(
            schemas,
            schema,
            submission.userMeta().orElseGet(StrictJson.NODES::objectNode),
            "Metadata"));
    entriesSchema.ifPresent(
        schema -> require(schemas, schema, list(submission.entries()), "Package entries"));
  }

  private static void require(
      Map<String, SchemaFile> schemas, String id, JsonNode value, String what) {
    SchemaFile schema = schemas.get(id);
    if (schema == null) {
      throw new IllegalStateException("a schema was not loaded");
    }
    schema
        .rules()
        .reason(value)
        .ifPresent(reason -> {
          throw broken("%s failed validation: %s.".formatted(what, reason));
        });
  }

  private ArrayNode list(EntrySource entries) {
    ArrayNode list = StrictJson.NODES.arrayNode();
    try (EntryCursor cursor = entries.open()) {
      for (var entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
        if (list.size() == MAX_ENTRIES) {
          throw new Fault(
              FaultCode.TOO_LARGE,
              "Workflow %s has a schema for entries, which is checked for up to %d of them"
                  .formatted(id, MAX_ENTRIES));
        }
        list.add(item(entry.get()));
      }
    }
    return list;
  }

  private static JsonNode item(ManifestEntry entry) {
    return StrictJson.NODES
        .objectNode()
        .put("logical_key", entry.logicalKey().value())
        .set("size", entry.size())
        .set("meta", entry.userMeta().orElseGet(StrictJson.NODES::objectNode));
  }

  private static Fault broken(String text) {
    return new Fault(FaultCode.INVALID_ARGUMENT, text);
  }
}
