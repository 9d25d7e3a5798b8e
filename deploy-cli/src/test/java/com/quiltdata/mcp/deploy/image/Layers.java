package com.quiltdata.mcp.deploy.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.deploy.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/// What is in an image that was written to a tar file.
final class Layers {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_DIGITS = 11;

  private Layers() {}

  /// The files of all layers and what they hold.
  static Map<String, String> of(Path image) throws IOException {
    Map<String, byte[]> parts = entries(Files.newInputStream(image));
    Map<String, String> files = new TreeMap<>();
    for (JsonNode layer : manifest(parts).path("layers")) {
      InputStream content = new ByteArrayInputStream(blob(parts, layer));
      entries(new GZIPInputStream(content)).forEach((path, bytes) -> files.put(path, text(bytes)));
    }
    return files;
  }

  /// Its configuration.
  static byte[] configuration(Path image) throws IOException {
    Map<String, byte[]> parts = entries(Files.newInputStream(image));
    return blob(parts, manifest(parts).path("config"));
  }

  private static JsonNode manifest(Map<String, byte[]> parts) {
    JsonNode index = Json.read(parts.getOrDefault("index.json", new byte[0]));
    return Json.read(blob(parts, index.path("manifests").path(0)));
  }

  private static byte[] blob(Map<String, byte[]> parts, JsonNode descriptor) {
    String name = "blobs/" + descriptor.path("digest").stringValue().replace(':', '/');
    return Objects.requireNonNull(parts.get(name), name);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  /// Folders have no content; long names do not occur here.
  private static Map<String, byte[]> entries(InputStream tar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (tar) {
      byte[] header = tar.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        String name = new String(header, 0, NAME, UTF_8);
        int size = Integer.parseInt(new String(header, SIZE, SIZE_DIGITS, UTF_8).strip(), 8);
        byte[] content = tar.readNBytes(size);
        tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        entries.put(name.substring(0, name.indexOf(0)), content);
        header = tar.readNBytes(BLOCK);
      }
    }
    return entries;
  }
}
