package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The published vectors: what the catalog's tokens look like and what must come of them.
final class JwtVectors {
  private static final JsonNode ROOT = read();

  private JwtVectors() {}

  static JsonNode root() {
    return ROOT;
  }

  /// The members of one list, each named by its id in the test report.
  static Stream<Vector> list(String name) {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode node : ROOT.path(name)) {
      vectors.add(new Vector(node));
    }
    return vectors.stream();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(entry -> texts.add(entry.stringValue()));
    return texts;
  }

  private static JsonNode read() {
    try (InputStream in = JwtVectors.class.getResourceAsStream("/jwt/vectors.json")) {
      byte[] bytes = Objects.requireNonNull(in, "vectors.json").readAllBytes();
      JsonNode root = new StrictJson(JsonLimits.DEFAULT).read(bytes);
      for (JsonNode vector : root.path("vectors")) {
        texts(vector.path("authorization"))
            .forEach(header -> UsedSecrets.sent(header.substring(header.lastIndexOf(' ') + 1)));
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Vector(JsonNode node) {
    JsonNode expected() {
      return node.path("expected");
    }

    @Override
    public String toString() {
      return node.path("id").asString("");
    }
  }
}
