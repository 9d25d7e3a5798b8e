package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was asked of the fake and what it answered, each exchange once. `.ci/deploy` holds all of
/// them to the models that AWS publishes.
final class Exchanges {
  private static final Path FOLDER = Path.of("target", "aws-exchanges");

  private final Set<String> lines = new LinkedHashSet<>();

  /// An exchange in JSON.
  void json(String target, String request, int status, JsonNode reply) {
    ObjectNode line = Json.object().put("target", target).put("status", status);
    line.set("request", Json.readObject(request));
    line.set("reply", reply);
    add(line);
  }

  /// An exchange of a form and XML.
  void xml(String form, int status, String reply) {
    add(Json.object().put("form", form).put("status", status).put("reply", reply));
  }

  private synchronized void add(ObjectNode line) {
    lines.add(Json.text(line));
  }

  /// Leaves them below `target`.
  synchronized void write() {
    if (lines.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(FOLDER);
      Files.write(FOLDER.resolve(UUID.randomUUID() + ".jsonl"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
