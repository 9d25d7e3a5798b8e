package com.quiltdata.mcp.schema;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.quiltdata.mcp.SharedData;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// The published schema of one revision, with the extensions that go with it. Thread-safe.
final class RevisionSchema {
  private static final String HOME = "https://schema.test/";
  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(200, 1_000_000, 200, 1 << 20));

  /// Our own schemas of extensions.
  private static final Map<String, List<String>> EXTENSIONS =
      Map.of("2026-07-28", List.of("tasks.json"));

  /// Revisions that were never published as a schema here, and the one that stands in.
  private static final Map<String, String> STAND_INS = Map.of("2024-11-05", "2025-03-26");

  private static final Map<String, Optional<RevisionSchema>> ALL = new ConcurrentHashMap<>();

  private final SchemaRegistry registry;

  /// Where each definition is.
  private final Map<String, String> places = new HashMap<>();

  private final Map<String, JsonNode> definitions = new HashMap<>();

  /// The definition of each method's request or notification.
  private final Map<String, String> byMethod = new HashMap<>();

  /// The definitions of errors that have a code of their own.
  private final Map<Integer, String> byErrorCode = new HashMap<>();

  private RevisionSchema(String revision, byte[] published) {
    Map<String, String> texts = new HashMap<>();
    JsonNode root = JSON.read(published);
    add(HOME + revision + ".json", root, texts);
    for (String file : EXTENSIONS.getOrDefault(revision, List.of())) {
      add(HOME + file, JSON.read(own(file)), texts);
    }
    boolean isOld = root.has("definitions");
    registry =
        SchemaRegistry.withDefaultDialect(
            isOld ? SpecificationVersion.DRAFT_7 : SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(texts)
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /// The schema of a revision.
  ///
  /// @return it, or empty where the shared data is missing
  static Optional<RevisionSchema> of(String revision) {
    return ALL.computeIfAbsent(
        STAND_INS.getOrDefault(revision, revision),
        name ->
            SharedData.find("reference/mcp-schema/%s.json".formatted(name))
                .map(path -> {
                  try {
                    return new RevisionSchema(name, Files.readAllBytes(path));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private static byte[] own(String file) {
    try (InputStream in = RevisionSchema.class.getResourceAsStream("/schema/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String address, JsonNode root, Map<String, String> texts) {
    texts.put(address, JSON.text(root));
    String home = root.has("$defs") ? "$defs" : "definitions";
    for (var entry : root.path(home).properties()) {
      String name = entry.getKey();
      JsonNode definition = entry.getValue();
      definitions.put(name, definition);
      places.put(name, address + "#/" + home + "/" + name);
      JsonNode method = definition.path("properties").path("method").path("const");
      // ClientNotification is another name of the only one there is.
      if (method.isString() && !name.startsWith("Client")) {
        byMethod.put(method.stringValue(), name);
      }
      for (JsonNode part : definition.path("properties").path("error").path("allOf")) {
        JsonNode code = part.path("properties").path("code").path("const");
        if (code.isInt()) {
          byErrorCode.put(code.intValue(), name);
        }
      }
    }
  }

  boolean has(String definition) {
    return places.containsKey(definition);
  }

  /// The definition of what a method sends, for example `CallToolRequest`.
  Optional<String> ofMethod(String method) {
    return Optional.ofNullable(byMethod.get(method));
  }

  /// The definition of an error message of this code, if it has one of its own.
  Optional<String> ofErrorCode(int code) {
    return Optional.ofNullable(byErrorCode.get(code));
  }

  /// What a server may send of a kind: `ServerRequest` or `ServerNotification`.
  Set<String> choices(String kind) {
    Set<String> names = new HashSet<>();
    for (JsonNode choice :
        definitions.getOrDefault(kind, StrictJson.NODES.objectNode()).path("anyOf")) {
      String place = choice.path("$ref").asString("");
      names.add(place.substring(place.lastIndexOf('/') + 1));
    }
    return names;
  }

  /// What is wrong with a value.
  ///
  /// @return one text for each rule that it breaks
  List<String> problems(String definition, JsonNode value) {
    if (!has(definition)) {
      return List.of("there is no definition " + definition);
    }
    return registry.getSchema(SchemaLocation.of(places.get(definition))).validate(value).stream()
        .map(Error::toString)
        .map(text -> definition + ": " + text)
        .toList();
  }
}
