package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.storage.KeyOrder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/// Writes JSON in the one form that a top hash is made over: members sorted by code points, no
/// blanks, ASCII only, numbers as Python prints them.
///
/// Writes bytes into a block that goes to the sink whenever it is full; call [#flush] at the end.
/// Not thread-safe. Trees come from a parser that keeps integers of any size and makes doubles of
/// all other numbers.
public final class CanonicalJson {
  private static final int BLOCK = 16_384;
  private static final int CHARS_AT_ONCE = BLOCK / JsonEscape.MAX_BYTES;
  private static final Comparator<String> BY_CODE_POINTS = new KeyOrder();
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] EMPTY = "{}".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  private final Sink sink;
  private final byte[] block = new byte[BLOCK];
  private int used;

  /// Takes blocks of bytes, as `MessageDigest::update` does.
  @FunctionalInterface
  public interface Sink {
    /// Takes bytes; the array is used again afterwards.
    ///
    /// @param bytes holds them
    /// @param offset where they begin
    /// @param length how many there are
    void accept(byte[] bytes, int offset, int length);
  }

  /// A writer.
  ///
  /// @param sink takes what is written
  public CanonicalJson(Sink sink) {
    this.sink = sink;
  }

  /// The canonical text of one tree.
  ///
  /// @param node what to write
  /// @return ASCII
  public static String text(JsonNode node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CanonicalJson writer = new CanonicalJson(out::write);
    writer.write(node);
    writer.flush();
    return out.toString(US_ASCII);
  }

  /// Writes a tree.
  ///
  /// @param node what to write
  public void write(JsonNode node) {
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
    if (node.isEmpty()) {
      raw(EMPTY);
      return;
    }
    String[] names = node.propertyNames().toArray(String[]::new);
    if (names.length > 1) {
      Arrays.sort(names, BY_CODE_POINTS);
    }
    raw('{');
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        raw(',');
      }
      string(names[i]);
      raw(':');
      write(node.get(names[i]));
    }
    raw('}');
  }

  private void array(JsonNode node) {
    raw('[');
    for (int i = 0; i < node.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      write(node.get(i));
    }
    raw(']');
  }

  private void number(JsonNode node) {
    raw(PythonNumber.text(node).getBytes(US_ASCII));
  }

  /// Writes a string with its quotes.
  void string(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (JsonEscape.isPlain(utf8) && WholeCharacters.isWhole(text, utf8)) {
      raw('"');
      raw(utf8);
      raw('"');
      return;
    }
    raw('"');
    for (int start = 0; start < text.length(); start += CHARS_AT_ONCE) {
      int end = Math.min(text.length(), start + CHARS_AT_ONCE);
      ensure((end - start) * JsonEscape.MAX_BYTES);
      int at = used;
      for (int i = start; i < end; i++) {
        char c = text.charAt(i);
        if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
          block[at++] = (byte) c;
        } else {
          at = JsonEscape.put(c, block, at);
        }
      }
      used = at;
    }
    raw('"');
  }

  /// Writes one ASCII character as it is.
  void raw(char c) {
    ensure(1);
    block[used++] = (byte) c;
  }

  /// Writes ASCII as it is.
  void raw(byte[] ascii) {
    raw(ascii, 0, ascii.length);
  }

  /// Writes ASCII as it is.
  void raw(byte[] ascii, int start, int end) {
    int length = end - start;
    if (length > BLOCK) {
      flush();
      sink.accept(ascii, start, length);
      return;
    }
    ensure(length);
    System.arraycopy(ascii, start, block, used, length);
    used += length;
  }

  private void ensure(int count) {
    if (used + count > BLOCK) {
      flush();
    }
  }

  /// Hands over what was written and is still here.
  public void flush() {
    sink.accept(block, 0, used);
    used = 0;
  }
}
