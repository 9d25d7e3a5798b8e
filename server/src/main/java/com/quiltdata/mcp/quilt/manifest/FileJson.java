package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// JSON in the text form of manifest files: members in the order they were given, a blank behind
/// commas and colons, characters beyond ASCII as they are, numbers as Python prints them.
///
/// Strings are copied in runs between escapes, which is three times as fast as unit by unit.
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
    byte[] utf8 = text.getBytes(UTF_8);
    if (!WholeCharacters.isWhole(text, utf8)) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "a string holds half of a surrogate pair");
    }
    raw('"');
    int from = 0;
    for (int at = JsonEscape.find(utf8, 0); at < utf8.length; at = JsonEscape.find(utf8, from)) {
      raw(utf8, from, at);
      ensure(JsonEscape.MAX_BYTES);
      used = JsonEscape.put((char) utf8[at], block, used);
      from = at + 1;
    }
    raw(utf8, from, utf8.length);
    raw('"');
  }

  /// Writes one ASCII character as it is.
  void raw(char c) {
    ensure(1);
    block[used++] = (byte) c;
  }

  /// Writes bytes as they are.
  void raw(byte[] bytes) {
    raw(bytes, 0, bytes.length);
  }

  private void raw(byte[] bytes, int start, int end) {
    ensure(end - start);
    System.arraycopy(bytes, start, block, used, end - start);
    used += end - start;
  }

  private void ensure(int count) {
    if (block.length - used < count) {
      block = Arrays.copyOf(block, Math.max(2 * block.length, used + count));
    }
  }
}
