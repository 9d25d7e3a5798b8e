package com.quiltdata.mcp.quilt.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What other programs said, one JSON object a line.
final class Lines {
  private Lines() {}

  static Stream<JsonNode> of(String name) {
    try (InputStream in =
        Optional.ofNullable(Lines.class.getResourceAsStream("/workflow/" + name)).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8).lines().map(QuiltFixtures::json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
