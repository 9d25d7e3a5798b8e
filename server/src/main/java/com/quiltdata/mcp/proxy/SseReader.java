package com.quiltdata.mcp.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// Reads a stream of server-sent events (WHATWG HTML, "Server-sent events"). Lines end with CR, LF
/// or both; comments, unknown fields and an event without its blank line are dropped.
final class SseReader {
  private static final int END = -1;
  private static final int MAX_SHORT = 1 << 10;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final byte[] LINE_END = {'\n'};

  private final InputStream in;
  private final MessageBuffer data;
  private final byte[] piece = new byte[16 << 10];
  private int at;
  private int end;
  private final StringBuilder text = new StringBuilder();
  private boolean isAfterReturn;
  private boolean isFirstLine = true;
  private boolean hasData;
  private String type = "";
  private Optional<String> lastId = Optional.empty();
  private Optional<Duration> pause = Optional.empty();

  /// A reader.
  ///
  /// @param in the body of an answer
  /// @param data holds what events say
  SseReader(InputStream in, MessageBuffer data) {
    this.in = in;
    this.data = data;
  }

  /// The data of the next event of the type `message` that has any; empty at the end of the stream.
  Optional<byte[]> next() throws IOException, InterruptedException {
    data.clear();
    hasData = false;
    type = "";
    while (true) {
      switch (line()) {
        case END -> {
          return Optional.empty();
        }
        case 0 -> {
          if (!data.isEmpty() && (type.isEmpty() || type.equals("message"))) {
            return Optional.of(data.bytes());
          }
          data.clear();
          hasData = false;
          type = "";
        }
        default -> {
          // the line was taken in
        }
      }
    }
  }

  /// Where to go on after a break; as the server numbered its events.
  Optional<String> lastId() {
    return lastId;
  }

  /// How long the server wants clients to wait before they come back.
  Optional<Duration> pause() {
    return pause;
  }

  /// Takes in one line.
  ///
  /// @return 0 for an empty one, [#END] at the end of the stream, else 1
  private int line() throws IOException, InterruptedException {
    text.setLength(0);
    int c = read();
    if (c == END) {
      return END;
    }
    if (c == '\n') {
      return 0;
    }
    for (; c != '\n' && c != ':'; c = read()) {
      if (c == END) {
        return END;
      }
      addShort(c);
    }
    String name = text.toString();
    if (isFirstLine && name.startsWith(BYTE_ORDER_MARK)) {
      name = name.substring(BYTE_ORDER_MARK.length());
      if (name.isEmpty() && c == '\n') {
        isFirstLine = false;
        return 0;
      }
    }
    isFirstLine = false;
    text.setLength(0);
    c = c == ':' ? read() : c;
    c = c == ' ' ? read() : c;
    boolean isData = name.equals("data");
    if (isData && hasData) {
      data.add(LINE_END, 0, 1);
    }
    hasData |= isData;
    for (; c != '\n'; c = read()) {
      if (c == END) {
        return END;
      }
      if (isData) {
        // The byte that was read and those behind it that end no line.
        int first = at - 1;
        skipLine();
        data.add(piece, first, at - first);
      } else {
        addShort(c);
      }
    }
    set(name, text.toString());
    return 1;
  }

  private void skipLine() {
    while (at < end && piece[at] != '\n' && piece[at] != '\r') {
      at++;
    }
  }

  private void addShort(int c) {
    if (text.length() < MAX_SHORT) {
      text.append((char) c);
    }
  }

  private void set(String name, String value) {
    switch (name) {
      case "event" -> type = value;
      case "id" -> {
        if (value.chars().allMatch(c -> c >= ' ' && c < 0x7f) && value.length() < MAX_SHORT) {
          lastId = Optional.of(value).filter(id -> !id.isEmpty());
        }
      }
      case "retry" -> {
        if (!value.isEmpty() && value.length() <= 6 && value.chars().allMatch(Character::isDigit)) {
          pause = Optional.of(Duration.ofMillis(Long.parseLong(value)));
        }
      }
      default -> {
        // data is taken in already, a comment has no name, and others are to be ignored
      }
    }
  }

  /// The next byte; every end of a line is one `\n`.
  private int read() throws IOException {
    int c = nextByte(isAfterReturn);
    isAfterReturn = c == '\r';
    return isAfterReturn ? '\n' : c;
  }

  private int nextByte(boolean skipsLineFeed) throws IOException {
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(piece));
        if (end == 0) {
          return END;
        }
      }
      int c = piece[at++] & 0xff;
      if (c != '\n' || !skipsLineFeed) {
        return c;
      }
      skipsLineFeed = false;
    }
  }
}
