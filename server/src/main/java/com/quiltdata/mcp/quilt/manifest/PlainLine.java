package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where the members of an entry are in a line that looks exactly as the official client writes it,
/// all ASCII and without escapes. Nearly all lines do, and need no JSON parser, which would take
/// four times as long; [LineParser] reads the others, and would find the same in these.
///
/// Good for one line after the other; points into the buffer of a [LineReader].
final class PlainLine {
  private static final byte[] LOGICAL_KEY = ascii("{\"logical_key\": \"");
  private static final byte[] PHYSICAL_KEYS = ascii("\", \"physical_keys\": [\"");
  private static final byte[] SIZE = ascii("\"], \"size\": ");
  private static final byte[] TYPE = ascii(", \"hash\": {\"type\": \"");
  private static final byte[] VALUE = ascii("\", \"value\": \"");
  private static final byte[] META = ascii("\"}, \"meta\": ");
  private static final byte[] NO_META = ascii("{}");
  private static final byte[] CHUNKED = ascii(HashKind.SHA2_256_CHUNKED.wire());
  private static final byte[] HASH = ascii("{\"hash\":{\"type\":\"");
  private static final byte[] HASH_VALUE = ascii("\",\"value\":\"");
  private static final byte[] KEY = ascii("\"},\"logical_key\":\"");
  private static final byte[] KEY_END = ascii("\",\"meta\":");
  private static final byte[] COUNT = ascii(",\"size\":");
  // Any number of so many digits is a long.
  private static final int MAX_DIGITS = 18;

  private byte[] bytes = {};
  private int start;
  private int at;
  private int end;
  private int key;
  private int keyEnd;
  private int uri;
  private int uriEnd;
  private int size;
  private int sizeEnd;
  private int type;
  private int typeEnd;
  private int value;
  private int valueEnd;
  private int meta;
  private boolean hasMeta;

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /// Tries to read a line.
  ///
  /// @return false when it looks different, or is broken
  boolean read(LineReader line) {
    if (!line.isPlain()) {
      return false;
    }
    bytes = line.buffer();
    start = line.offset();
    at = start;
    end = at + line.length();
    return members() && hasValidKey() && hasValidSize() && hasValidMeta();
  }

  /// Tries to go to a line that has the very bytes of another one, whose members are known: a third
  /// less work for two manifests that are mostly the same.
  ///
  /// @return false when the next line is different, and has not been gone to
  boolean readIfSame(LineReader line, PlainLine other) {
    if (!line.advanceIfSame(other.bytes, other.start, other.end)) {
      return false;
    }
    bytes = line.buffer();
    start = line.offset();
    int shift = start - other.start;
    end = other.end + shift;
    key = other.key + shift;
    keyEnd = other.keyEnd + shift;
    uri = other.uri + shift;
    uriEnd = other.uriEnd + shift;
    size = other.size + shift;
    sizeEnd = other.sizeEnd + shift;
    type = other.type + shift;
    typeEnd = other.typeEnd + shift;
    value = other.value + shift;
    valueEnd = other.valueEnd + shift;
    meta = other.meta + shift;
    hasMeta = other.hasMeta;
    return true;
  }

  private boolean members() {
    if (!skip(LOGICAL_KEY)) {
      return false;
    }
    key = at;
    keyEnd = endOfString();
    if (!skip(PHYSICAL_KEYS)) {
      return false;
    }
    uri = at;
    uriEnd = endOfString();
    if (!skip(SIZE)) {
      return false;
    }
    size = at;
    sizeEnd = endOfDigits();
    if (!skip(TYPE)) {
      return false;
    }
    type = at;
    typeEnd = endOfString();
    if (!skip(VALUE)) {
      return false;
    }
    value = at;
    valueEnd = endOfString();
    if (!skip(META)) {
      return false;
    }
    meta = at;
    hasMeta = !(skip(NO_META) && at == end - 1);
    return bytes[end - 1] == '}';
  }

  private boolean skip(byte[] text) {
    int stop = at + text.length;
    if (stop > end || !Arrays.equals(bytes, at, stop, text, 0, text.length)) {
      return false;
    }
    at = stop;
    return true;
  }

  private int endOfString() {
    at = EightBytes.indexOf('"', bytes, at, end);
    return at;
  }

  private int endOfDigits() {
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private boolean hasValidSize() {
    int digits = sizeEnd - size;
    return digits == 1 || (digits > 1 && digits <= MAX_DIGITS && bytes[size] != '0');
  }

  private boolean hasValidMeta() {
    return !hasMeta || PlainObject.fills(bytes, meta, end - 1);
  }

  /// The rule of [LogicalKey].
  private boolean hasValidKey() {
    int part = key;
    while (true) {
      int slash = EightBytes.indexOf('/', bytes, part, keyEnd);
      int length = slash - part;
      if (length == 0
          || (bytes[part] == '.' && (length == 1 || (length == 2 && bytes[part + 1] == '.')))) {
        return false;
      }
      if (slash == keyEnd) {
        return true;
      }
      part = slash + 1;
    }
  }

  /// Decodes the entry.
  ManifestEntry entry() {
    return new ManifestEntry(
        new LogicalKey(text(key, keyEnd)),
        text(uri, uriEnd),
        JsonNodeFactory.instance.numberNode(sizeBytes()),
        Optional.of(new ObjectHash(typeText(), text(value, valueEnd))),
        meta());
  }

  private ObjectNode meta() {
    return hasMeta
        ? LineParser.INSTANCE.meta(bytes, meta, end - 1)
        : JsonNodeFactory.instance.objectNode();
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  private String typeText() {
    return Arrays.equals(bytes, type, typeEnd, CHUNKED, 0, CHUNKED.length)
        ? HashKind.SHA2_256_CHUNKED.wire()
        : text(type, typeEnd);
  }

  long sizeBytes() {
    long number = 0;
    for (int i = size; i < sizeEnd; i++) {
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }

  byte[] bytes() {
    return bytes;
  }

  int keyStart() {
    return key;
  }

  int keyEnd() {
    return keyEnd;
  }

  /// Whether both say the same of size, hash and metadata, as far as the bytes tell: two texts of
  /// metadata may be different and yet have one meaning.
  boolean hasSameText(PlainLine other) {
    return Arrays.equals(bytes, size, end, other.bytes, other.size, other.end);
  }

  boolean hasMeta() {
    return hasMeta;
  }

  /// Writes the entry as it counts in a top hash: the same texts in another order.
  void canonical(CanonicalJson out) {
    out.raw(HASH);
    out.raw(bytes, type, typeEnd);
    out.raw(HASH_VALUE);
    out.raw(bytes, value, valueEnd);
    out.raw(KEY);
    out.raw(bytes, key, keyEnd);
    out.raw(KEY_END);
    if (hasMeta) {
      out.write(meta());
    } else {
      out.raw(NO_META);
    }
    out.raw(COUNT);
    out.raw(bytes, size, sizeEnd);
    out.raw('}');
  }
}
