package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes manifests out of everything that is legal, the same ones for the same seed.
final class OddManifests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CHARS =
      "ab Z09._-%?#+&'\"\\<>\u0000\u0001\n\r\t\b\f\u001f\u007f\u0080éüe\u0301ñ日本\u2028\u0085"
          + "\ud7ff\ue000\uffff😀𝔘";
  private static final double[] DOUBLES =
      Stream.of(
              "0.0 -0.0 1.0 1e16 1e15 9.999999999999999e15 1e-4 1e-5 123e-2 5e-324 1.7e308 0.1",
              "2.2250738585072014e-308 12345678901234567.0 100.0 -1.5")
          .flatMap(texts -> Stream.of(texts.split(" ")))
          .mapToDouble(Double::parseDouble)
          .toArray();

  private final SplittableRandom random;

  OddManifests(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// A header and up to 40 entries.
  EntrySource next() {
    ManifestHeader header = header();
    TreeSet<LogicalKey> keys = new TreeSet<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      LogicalKey key = key();
      if (keys.stream().noneMatch(other -> other.isFolderOf(key) || key.isFolderOf(other))) {
        keys.add(key);
      }
    }
    List<ManifestEntry> entries = keys.stream().map(this::entry).toList();
    return () -> new Entries(header, entries.iterator());
  }

  private record Entries(ManifestHeader header, Iterator<ManifestEntry> entries)
      implements EntryCursor {
    @Override
    public Optional<ManifestEntry> next() {
      return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }
  }

  private ManifestHeader header() {
    ObjectNode json = JSON.objectNode();
    json.put("version", "v0");
    switch (random.nextInt(3)) {
      case 0 -> json.putNull("user_meta");
      case 1 -> json.set("user_meta", object(3));
      default -> {
        // Absent is the third of three different things.
      }
    }
    if (random.nextBoolean()) {
      json.set("workflow", object(2));
    }
    switch (random.nextInt(3)) {
      case 0 -> json.putNull("message");
      case 1 -> json.put("message", text(20));
      default -> {}
    }
    if (random.nextInt(4) == 0) {
      json.set(text(5) + "?", value(2));
    }
    return new ManifestHeader(json);
  }

  private LogicalKey key() {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      String part = text(6).replace("/", "");
      parts.add(part.isEmpty() || part.equals(".") || part.equals("..") ? "x" : part);
    }
    return new LogicalKey(String.join("/", parts));
  }

  private ManifestEntry entry(LogicalKey key) {
    ObjectNode meta = JSON.objectNode();
    if (random.nextBoolean()) {
      meta.set("user_meta", object(3));
    }
    if (random.nextInt(4) == 0) {
      meta.set("format", object(1));
    }
    return new ManifestEntry(
        key,
        new PhysicalKey.S3Object("bucket", "p/" + key.value(), version()).format(),
        size(),
        Optional.of(new ObjectHash(text(8), text(20))),
        meta);
  }

  private Optional<String> version() {
    return random.nextBoolean() ? Optional.of("null+" + random.nextInt()) : Optional.empty();
  }

  private JsonNode size() {
    return switch (random.nextInt(4)) {
      case 0 -> JSON.numberNode(0L);
      case 1 -> JSON.numberNode(random.nextLong(Long.MAX_VALUE));
      case 2 -> JSON.numberNode((double) random.nextInt(1_000_000));
      default -> JSON.numberNode((long) random.nextInt(1_000_000));
    };
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      int at = random.nextInt(CHARS.codePointCount(0, CHARS.length()));
      text.appendCodePoint(CHARS.codePointAt(CHARS.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  private ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(text(6), value(depth - 1));
    }
    return object;
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(BigInteger.valueOf(random.nextLong()).pow(random.nextInt(2, 5)));
      case 4 -> JSON.numberNode(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 5 -> JSON.numberNode(finite());
      case 6 -> JSON.stringNode(text(12));
      case 7 -> object(depth);
      default -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(value(depth - 1));
        }
        yield array;
      }
    };
  }

  private double finite() {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(number) ? number : 0.5;
  }
}
