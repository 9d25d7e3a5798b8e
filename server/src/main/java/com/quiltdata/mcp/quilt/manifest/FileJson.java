package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// JSON in the text form of manifest files: members in the order they were given, a blank behind
/// commas and colons, characters beyond ASCII as they are, numbers as Python prints them.
///
/// Collects one text at a time in a block that grows with it. Not thread-safe.
final class FileJson {
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] COMMA = ", ".getBytes(US_ASCII);
  private static final byte[] COLON = ": ".getBytes(US_ASCII);

  private byte[] block = new byte[4_096];
  private int used;

  /// Forgets what was written.
  void clear() {
    used = 0;
  }

  /// Holds what was written.
  byte[] block() {
    return block;
  }

  /// How many bytes were written.
  int length() {
    return used;
  }

  /// Writes a tree.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when the file cannot hold it
  void write(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.stringValue());
      case NUMBER -> number(node);
      case BOOLEAN -> raw(node.booleanValue() ? TRUE : FALSE);
      case NULL -> raw(NULL);
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not from JSON text: " + node.getNodeType());
    }
  }

  private void object(JsonNode node) {
    raw('{');
    boolean first = true;
    for (var member : node.properties()) {
      if (!first) {
        raw(COMMA);
      }
      first = false;
      string(member.getKey());
      raw(COLON);
      write(member.getValue());
    }
    raw('}');
  }

  private void array(JsonNode node) {
    raw('[');
    for (int i = 0; i < node.size(); i++) {
      if (i > 0) {
        raw(COMMA);
      }
      write(node.get(i));
    }
    raw(']');
  }

  private void number(JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "a number is larger than any double");
    }
    raw(PythonNumber.text(node).getBytes(US_ASCII));
  }

  /// Writes a string with its quotes.
  void string(String text) {
    int length = text.length();
    // No unit takes more bytes than an escape.
    ensure(JsonEscape.MAX_BYTES * (length + 1));
    int at = used;
    block[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        at = JsonEscape.put(c, block, at);
      } else if (c < 0x80) {
        block[at++] = (byte) c;
      } else if (c < 0x800) {
        block[at++] = (byte) (0xC0 | (c >> 6));
        block[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        block[at++] = (byte) (0xE0 | (c >> 12));
        block[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        block[at++] = (byte) (0x80 | (c & 0x3F));
      } else {
        at = pair(text, i, at);
        i++;
      }
    }
    block[at++] = '"';
    used = at;
  }

  private int pair(String text, int i, int start) {
    int point = text.codePointAt(i);
    if (Character.isBmpCodePoint(point)) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "a string holds half of a surrogate pair");
    }
    int at = start;
    block[at++] = (byte) (0xF0 | (point >> 18));
    block[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
    block[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    block[at++] = (byte) (0x80 | (point & 0x3F));
    return at;
  }

  /// Writes one ASCII character as it is.
  void raw(char c) {
    ensure(1);
    block[used++] = (byte) c;
  }

  /// Writes bytes as they are.
  void raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, block, used, bytes.length);
    used += bytes.length;
  }

  private void ensure(int count) {
    if (block.length - used < count) {
      block = Arrays.copyOf(block, Math.max(2 * block.length, used + count));
    }
  }
}
