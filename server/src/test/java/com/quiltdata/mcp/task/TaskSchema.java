package com.quiltdata.mcp.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON schema of the tasks extension, written from its text: `schema/tasks.json`.
public final class TaskSchema {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final ObjectNode ALL = read();
  private static final Map<String, Schema> BY_NAME = new ConcurrentHashMap<>();

  private TaskSchema() {}

  private static ObjectNode read() {
    try (InputStream in = TaskSchema.class.getResourceAsStream("/schema/tasks.json")) {
      return (ObjectNode) JSON.read(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fails when a value is not what the extension says.
  ///
  /// @param name of a definition: `CreateTaskResult`, `GetTaskResult`, `UpdateTaskResult`,
  ///   `CancelTaskResult`, or `Task` for one without what a message adds
  /// @param value the result, as it was received
  public static void check(String name, JsonNode value) {
    Schema schema =
        BY_NAME.computeIfAbsent(
            name,
            _ -> {
              assertThat(ALL.path("$defs").has(name)).as(name).isTrue();
              return SCHEMAS.getSchema(ALL.deepCopy().put("$ref", "#/$defs/" + name));
            });
    assertThat(schema.validate(value)).as("%s as %s", value, name).isEmpty();
  }
}
