package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// HTTP that others made to break parsers, byte by byte, at a server that would answer 200.
@Timeout(120)
final class HostileFramingTest {
  private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.[01] ([0-9]{3})");
  private static final Pattern TARGET = Pattern.compile("^([A-Z]+) /[^ \r\n]*");

  /// What is wrong with these is the path itself, or a body that a probe never reads.
  private static final List<String> NOT_MOVED = List.of("uri-79", "transfer-encoding-69");

  @TempDir private static Path folder;
  private static HostileServer server;

  @BeforeAll
  static void start() {
    SharedData.path("fixtures/security/http/framing.json");
    server = new HostileServer(folder, false);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.requireCleanLog();
      server.close();
    }
  }

  static List<JsonNode> cases() {
    return HostileServer.cases("http/framing.json");
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("cases")
  void isAnsweredAsItMust(JsonNode given) {
    byte[] raw = Base64.getDecoder().decode(given.path("raw_b64").stringValue());
    String expected = given.path("expect").stringValue();
    String sent = new String(raw, ISO_8859_1);
    boolean isMoved = !NOT_MOVED.contains(given.path("id").stringValue());
    for (String request : List.of(sent, isMoved ? atHealth(sent) : sent)) {
      List<Integer> statuses = statuses(request);
      assertThat(statuses)
          .as("%s: %s", given.path("id"), request)
          .allMatch(s -> s < 500 || s == 501 || s == 505);
      switch (expected) {
        case "refuse" ->
            assertThat(statuses).as("%s: %s", given.path("id"), request).noneMatch(s -> s < 400);
        case "no-5xx", "any-4xx-or-2xx" -> {
          // Either is right; what must not be is looked at above.
        }
        default -> throw new AssertionError("an expectation of another kind: " + expected);
      }
    }
  }

  /// The same request for a page that exists, under a name that is served.
  private static String atHealth(String request) {
    Matcher target = TARGET.matcher(request);
    String moved = target.find() ? target.replaceFirst("$1 /healthz") : request;
    return moved.replaceAll("(?m)^Host: *[^\r\n]*", "Host: localhost");
  }

  /// The statuses of all answers until the server closes, or has nothing more to say.
  private static List<Integer> statuses(String request) {
    URI url = server.process.url();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketException _) {
      // A reset is an end as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Integer> statuses = new ArrayList<>();
    Matcher status = STATUS.matcher(answer.toString(ISO_8859_1));
    while (status.find()) {
      statuses.add(Integer.parseInt(status.group(1)));
    }
    return statuses;
  }
}
