package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes sense of one line of a manifest. Thread-safe.
///
/// Any valid JSON spacing is taken. Of members with the same name the last one counts, as in
/// Python. A [Fault] says what is wrong with the line; who calls adds which line it is.
final class LineParser {
  /// The one instance there needs to be.
  static final LineParser INSTANCE = new LineParser();

  private static final int MAX_DEPTH = 256;
  // Python converts no integer of more digits.
  private static final int MAX_NUMBER_CHARS = 4_300;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private LineParser() {}

  ManifestHeader header(LineReader line) {
    try (JsonParser parser = parser(line)) {
      begin(parser, line);
      ObjectNode json = object(tree(parser), "the header");
      requireWhole(json, line);
      end(parser);
      return new ManifestHeader(json);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  ManifestLine parse(LineReader line) {
    try (JsonParser parser = parser(line)) {
      begin(parser, line);
      Members members = new Members();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        members.take(name, parser);
      }
      if (!parser.hasToken(JsonToken.END_OBJECT)) {
        throw wrong("it is no JSON object");
      }
      end(parser);
      return members.line(line);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /// The metadata of an entry, where it is known that a JSON object stands there.
  ObjectNode meta(byte[] ascii, int start, int end) {
    return (ObjectNode) mapper.readTree(ascii, start, end - start);
  }

  private JsonParser parser(LineReader line) {
    byte[] bytes = line.buffer();
    if (line.isPlain()) {
      return mapper.createParser(bytes, line.offset(), line.length());
    }
    try {
      // The byte parser lets some malformed UTF-8 through; this decoder does not.
      return mapper.createParser(
          UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, line.offset(), line.length()))
              .toString());
    } catch (CharacterCodingException e) {
      throw wrong("it is not valid UTF-8");
    }
  }

  private static void begin(JsonParser parser, LineReader line) {
    if (line.length() >= 3
        && line.buffer()[line.offset()] == (byte) 0xEF
        && line.buffer()[line.offset() + 1] == (byte) 0xBB) {
      throw wrong("it begins with a byte order mark");
    }
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw wrong("it is blank");
    }
    if (first != JsonToken.START_OBJECT) {
      throw wrong("it is no JSON object");
    }
  }

  private static void end(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw wrong("something stands behind the JSON object");
    }
  }

  private static JsonNode tree(JsonParser parser) {
    return parser.readValueAsTree();
  }

  private static ObjectNode object(JsonNode node, String what) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw wrong(what + " is no object");
  }

  private static void requireWhole(JsonNode node, LineReader line) {
    if (!line.isPlain() && !WholeCharacters.isWhole(node)) {
      throw wrong("a string holds half of a surrogate pair");
    }
  }

  private static Fault notJson(JacksonException e) {
    return new Fault(FaultCode.CORRUPT_DATA, "it is not JSON, or nested or numbered beyond use", e);
  }

  private static Fault wrong(String what) {
    return new Fault(FaultCode.CORRUPT_DATA, what);
  }

  /// The members of one line that have a meaning.
  private static final class Members {
    private @Nullable String logicalKey;
    private @Nullable String physicalUri;
    private @Nullable JsonNode size;
    private @Nullable ObjectHash hash;
    private boolean hashSeen;
    private @Nullable ObjectNode meta;

    void take(String name, JsonParser parser) {
      switch (name) {
        case "logical_key" -> logicalKey = text(parser, name);
        case "physical_keys" -> physicalUri = physicalUri(parser);
        case "size" -> size = size(parser);
        case "hash" -> {
          hash = hash(parser);
          hashSeen = true;
        }
        case "meta" -> meta = meta(parser);
        default -> parser.skipChildren();
      }
    }

    private static String text(JsonParser parser, String name) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw wrong(name + " is no text");
      }
      return parser.getString();
    }

    private static @Nullable String physicalUri(JsonParser parser) {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        return null;
      }
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        throw wrong("physical_keys is no list");
      }
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        return null;
      }
      String uri = text(parser, "a physical key");
      if (parser.nextToken() != JsonToken.END_ARRAY) {
        throw wrong("there is more than one physical key");
      }
      return uri;
    }

    private static JsonNode size(JsonParser parser) {
      return parser.hasToken(JsonToken.VALUE_NUMBER_INT) && fitsLong(parser)
          ? NODES.numberNode(parser.getLongValue())
          : tree(parser);
    }

    private static boolean fitsLong(JsonParser parser) {
      return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static @Nullable ObjectHash hash(JsonParser parser) {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        return null;
      }
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw wrong("hash is no object");
      }
      String type = null;
      String value = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "type" -> type = text(parser, "type of the hash");
          case "value" -> value = text(parser, "value of the hash");
          // It would count in the top hash, and nothing is known that writes one.
          default -> throw wrong("hash has a member besides type and value");
        }
      }
      if (type == null || value == null) {
        throw wrong("hash has no type or no value");
      }
      return new ObjectHash(type, value);
    }

    private static ObjectNode meta(JsonParser parser) {
      return parser.hasToken(JsonToken.VALUE_NULL)
          ? NODES.objectNode()
          : object(tree(parser), "meta");
    }

    ManifestLine line(LineReader line) {
      if (logicalKey == null) {
        throw wrong("logical_key is missing");
      }
      if (meta == null) {
        throw wrong("meta is missing");
      }
      requireWhole(meta, line);
      requireWhole(NODES.stringNode(logicalKey), line);
      if (physicalUri == null) {
        return new FolderMetadata(folder(logicalKey), meta);
      }
      if (size == null) {
        throw wrong("size is missing");
      }
      if (!hashSeen) {
        throw wrong("hash is missing");
      }
      return new ManifestEntry(
          LogicalKey.parse(logicalKey), physicalUri, size, Optional.ofNullable(hash), meta);
    }

    private static LogicalKey folder(String key) {
      if (!key.endsWith("/")) {
        throw wrong("there is neither a physical key nor a slash at the end of the logical key");
      }
      return LogicalKey.parse(key.substring(0, key.length() - 1));
    }
  }
}
