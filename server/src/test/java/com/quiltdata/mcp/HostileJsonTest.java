package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.McpClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// JSON that others made to break parsers, as bodies, members and ids.
@Timeout(120)
final class HostileJsonTest {
  @TempDir private static Path folder;
  private static HostileServer server;
  private static McpClient client;

  @BeforeAll
  static void start() {
    SharedData.path("fixtures/security/json");
    server = new HostileServer(folder, false);
    client = server.client();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.close();
      server.requireCleanLog();
      server.close();
    }
  }

  private static List<Path> files(String prefix) {
    try (Stream<Path> all = Files.list(SharedData.path("fixtures/security/json"))) {
      List<Path> files = all.filter(file -> name(file).startsWith(prefix)).sorted().toList();
      assertThat(files).isNotEmpty();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static byte[] read(Path file) {
    return HostileServer.bytes("json/" + name(file));
  }

  private static Answer post(byte[] body) {
    Answer answer = client.post(body, Map.of());
    assertThat(answer.status()).isLessThan(500);
    assertThat(answer.time()).isLessThan(Duration.ofSeconds(1));
    return answer;
  }

  private static int code(Answer answer) {
    return answer.json().path("error").path("code").asInt(0);
  }

  /// A good request with some bytes in the middle.
  private static byte[] around(String before, byte[] middle, String after) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(before.getBytes(UTF_8));
    body.writeBytes(middle);
    body.writeBytes(after.getBytes(UTF_8));
    return body.toByteArray();
  }

  private static byte[] asMember(byte[] value) {
    return around(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"bucket_list\",\"arguments\":{},\"_meta\":{\"com.example/x\":",
        value,
        "}}}");
  }

  @Test
  void whatIsNotJsonIsAParseError() {
    for (Path file : files("n_")) {
      Answer answer = post(read(file));
      assertThat(answer.status()).as(name(file)).isEqualTo(400);
      assertThat(code(answer)).as(name(file)).isEqualTo(-32700);
      assertThat(post(asMember(read(file))).status()).as(name(file)).isEqualTo(400);
    }
  }

  @Test
  void whatIsJsonButNoMessageIsAnInvalidRequest() {
    for (Path file : files("y_")) {
      Answer answer = post(read(file));
      boolean isRepeated = name(file).contains("duplicated");
      assertThat(answer.status()).as(name(file)).isEqualTo(400);
      assertThat(code(answer)).as(name(file)).isEqualTo(isRepeated ? -32700 : -32600);
      assertThat(post(asMember(read(file))).status())
          .as(name(file))
          .isEqualTo(isRepeated ? 400 : 200);
    }
  }

  @Test
  void whatIsUndefinedIsAnsweredOneWayOrTheOther() {
    for (Path file : files("i_")) {
      Answer answer = post(read(file));
      assertThat(answer.status()).as(name(file)).isEqualTo(400);
      boolean isBadText = name(file).matches(".*(surrogate|UTF-8|utf16|overlong|unicode).*");
      assertThat(code(answer))
          .as(name(file))
          .isIn(isBadText ? List.of(-32700) : List.of(-32700, -32600));
      assertThat(post(asMember(read(file))).status()).as(name(file)).isIn(200, 400);
    }
  }

  @Test
  void numberIsNeverChangedWhereItIsAnId() {
    for (Path file : files("t_number")) {
      String number = new String(read(file), ISO_8859_1).strip().replaceAll("[\\[\\]]", "");
      Answer answer =
          post(
              "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}"
                  .formatted(number)
                  .getBytes(UTF_8));
      if (answer.status() == 200) {
        assertThat(new String(answer.bytes(), UTF_8))
            .as(name(file))
            .contains("\"id\":" + number + ",");
      } else {
        assertThat(code(answer)).as(name(file)).isIn(-32600, -32700);
      }
    }
  }

  @Test
  void equalKeysAndBrokenCharactersAreRefused() {
    for (Path file : files("t_object_same")) {
      assertThat(code(post(read(file)))).as(name(file)).isEqualTo(-32700);
    }
    for (Path file : files("t_")) {
      assertThat(post(asMember(read(file))).status()).as(name(file)).isIn(200, 400);
    }
  }
}
