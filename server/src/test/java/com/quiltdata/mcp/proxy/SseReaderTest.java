package com.quiltdata.mcp.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which events a stream holds.
final class SseReaderTest {
  private static SseReader reader(String stream, int maxBytes) {
    return reader(new ByteArrayInputStream(stream.getBytes(UTF_8)), maxBytes);
  }

  private static SseReader reader(InputStream stream, int maxBytes) {
    return new SseReader(stream, new MessageBuffer(maxBytes, new ReentrantLock()));
  }

  /// The events, whether the stream arrives at once or byte by byte.
  private static List<String> events(String stream) throws IOException, InterruptedException {
    List<String> events = events(reader(stream, 1 << 20));
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(stream.getBytes(UTF_8))) {
          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            return super.read(bytes, from, Math.min(length, 1));
          }
        };
    assertThat(events(reader(slow, 1 << 20))).isEqualTo(events);
    return events;
  }

  private static List<String> events(SseReader reader) throws IOException, InterruptedException {
    List<String> events = new ArrayList<>();
    for (Optional<byte[]> event = reader.next(); event.isPresent(); event = reader.next()) {
      events.add(new String(event.get(), UTF_8));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void linesEndInThreeWays(String end) throws IOException, InterruptedException {
    String stream = "event: message|data: one||data: two|data:lines||".replace("|", end);
    assertThat(events(stream)).containsExactly("one", "two\nlines");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        ": a comment|data: x||; x",
        "data: x|: in between|data: y||; x y",
        "data:x||; x",
        "data|data: x||; \" x\"",
        "|||data: x|||; x",
        "foreign: field|data: x||; x",
        "data: a:b: c||; a:b: c",
        "id: 7|retry: 10|data: x||; x",
        "event: message|data: x||; x",
        "\ufeffdata: x||; x",
        "data: 日本||; 日本",
      })
  void oneEvent(String stream, String data) throws IOException, InterruptedException {
    assertThat(events(stream.replace('|', '\n')))
        .containsExactly(data.startsWith(" ") ? "\nx" : data.replace("x y", "x\ny"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: cut",
        "data: cut\n",
        "da",
        "id: 1\ndata:\n\n",
        "event: ping\ndata: x\n\n",
        ": only\n\n: comments\n\n",
        "Data: x\n\n",
        "data : x\n\n"
      })
  void noEvent(String stream) throws IOException, InterruptedException {
    assertThat(events(stream)).isEmpty();
  }

  @Test
  void tellsWhereToGoOn() throws IOException, InterruptedException {
    SseReader reader = reader("id: 4\nretry: 1500\ndata:\n\nretry: soon\nid: 5\ndata: x\n\n", 10);
    assertThat(reader.next()).isPresent();
    assertThat(reader.lastId()).contains("5");
    assertThat(reader.pause()).contains(Duration.ofMillis(1500));
  }

  @Test
  void refusesAnEventOverTheLimit() throws IOException, InterruptedException {
    assertThat(reader("data: 12345\n\n", 5).next()).isPresent();
    assertThatExceptionOfType(MessageBuffer.TooLongException.class)
        .isThrownBy(() -> reader("data: 123\ndata: 45\n\n", 5).next());
  }

  @Test
  void forgetsLongLinesThatMeanNothing() throws IOException, InterruptedException {
    String filler = "x".repeat(100_000);
    assertThat(events("%s: y\n:%s\nid: %s\ndata: z\n\n".formatted(filler, filler, filler)))
        .containsExactly("z");
  }
}
