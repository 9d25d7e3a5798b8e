package com.quiltdata.mcp.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads and writes JSON trees without surprises. Thread-safe.
///
/// Integers of any size stay integers, other numbers become doubles. See RFC 8259 and, for the
/// reasons behind the refusals, RFC 7493 (I-JSON).
public final class StrictJson {
  /// Makes the nodes of every tree in this program.
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// A value has at most a name, a beginning and an end. Counted while reading: a tree of too many
  /// values may not fit into memory.
  private static final long TOKENS_PER_VALUE = 3;

  private static final int LARGE_BYTES = 1 << 20;

  private static final char REPLACEMENT = '\ufffd';

  private final JsonLimits limits;
  private final JsonMapper mapper;

  /// Reading a large text takes several times its size for a moment, so one is read at a time.
  private final Lock large = new ReentrantLock();

  /// A reader with bounds.
  ///
  /// @param limits what is refused
  public StrictJson(JsonLimits limits) {
    this.limits = limits;
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(limits.maxDepth())
                            .maxNumberLength(limits.maxNumberChars())
                            .maxNameLength(limits.maxNameChars())
                            .maxTokenCount(TOKENS_PER_VALUE * limits.maxValues())
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /// Reads exactly one JSON value.
  ///
  /// @param utf8 the text
  /// @return the value, never null: the literal `null` is a null node
  /// @throws MalformedJsonException when the bytes are not one JSON value within the limits
  public JsonNode read(byte[] utf8) {
    if (utf8.length <= LARGE_BYTES) {
      return decoded(utf8);
    }
    large.lock();
    try {
      return decoded(utf8);
    } finally {
      large.unlock();
    }
  }

  private JsonNode decoded(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    // What is malformed was replaced; only a text with replacements needs a second, strict look.
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireWellFormed(utf8);
    }
    return read(text);
  }

  private static void requireWellFormed(byte[] utf8) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("the text is not valid UTF-8");
    }
  }

  /// Reads exactly one JSON value.
  ///
  /// @param text the text
  /// @return the value, never null: the literal `null` is a null node
  /// @throws MalformedJsonException when the text is not one JSON value within the limits
  public JsonNode read(String text) {
    try {
      JsonNode node = mapper.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new MalformedJsonException("the text is empty");
      }
      if (needsInspection(text)) {
        inspect(node);
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw new MalformedJsonException(
          "the JSON is over a limit: depth %d, %d values, %d characters in a number, %d in a name"
              .formatted(
                  limits.maxDepth(),
                  limits.maxValues(),
                  limits.maxNumberChars(),
                  limits.maxNameChars()));
    } catch (JacksonException e) {
      throw new MalformedJsonException("the text is not JSON" + position(e));
    }
  }

  /// Writes a tree as compact UTF-8.
  ///
  /// @param node what to write
  /// @return the bytes
  public byte[] write(JsonNode node) {
    return mapper.writeValueAsBytes(node);
  }

  /// Writes a tree as text.
  ///
  /// @param node what to write
  /// @return compact JSON
  public String text(JsonNode node) {
    return mapper.writeValueAsString(node);
  }

  private static String position(JacksonException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  /// Whether the text can hold what [#inspect] looks for. Decoded text has no half surrogates but
  /// escaped ones, a value takes two characters, and only an exponent leads out of a double's
  /// range.
  private boolean needsInspection(String text) {
    if (text.length() > limits.maxValues()) {
      return true;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = text.charAt(i - 1);
      boolean isEscape = c == 'u' && before == '\\';
      boolean isExponent = (c == 'e' || c == 'E') && before >= '0' && before <= '9';
      if (isEscape || isExponent || Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /// Looks at what the parser lets through: too many values, numbers out of range, half surrogates.
  private void inspect(JsonNode root) {
    int values = 0;
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (++values > limits.maxValues()) {
        throw new MalformedJsonException(
            "the JSON holds over %d values".formatted(limits.maxValues()));
      }
      switch (node.getNodeType()) {
        case OBJECT ->
            node.properties()
                .forEach(member -> {
                  requireWholeCharacters(member.getKey());
                  open.push(member.getValue());
                });
        case ARRAY -> node.forEach(open::push);
        case STRING -> requireWholeCharacters(node.stringValue());
        case NUMBER -> {
          if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new MalformedJsonException("a number is outside the range of a double");
          }
        }
        case BINARY, BOOLEAN, MISSING, NULL, POJO -> {
          // nothing to look at
        }
      }
    }
  }

  private static void requireWholeCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new MalformedJsonException("a string holds half of a surrogate pair");
      }
    }
  }
}
