package com.quiltdata.mcp.observe;

import static com.quiltdata.mcp.observe.LogLines.event;
import static com.quiltdata.mcp.observe.LogLines.failure;
import static com.quiltdata.mcp.observe.LogLines.json;
import static com.quiltdata.mcp.observe.LogLines.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/// One JSON object a line, whatever is logged (threat S33).
final class JsonLogFormatterTest {
  static final List<String> NASTY = List.of(LogLines.NASTY);

  @Test
  void everyLineSaysWhenWhoAndWhat() {
    LogRecord record = event("tool.call", LogFields.of("tool", "echo").with("duration_ms", 7L));
    record.setInstant(Instant.parse("2026-01-02T03:04:05.678901Z"));
    JsonNode line = json(record);
    assertThat(line.path("timestamp").asString()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(line.path("level").asString()).isEqualTo("INFO");
    assertThat(line.path("logger").asString()).isEqualTo("quilt.test");
    assertThat(line.path("message").asString()).isEqualTo("tool.call");
    assertThat(line.path("event").asString()).isEqualTo("tool.call");
    assertThat(line.path("thread").isString()).isTrue();
    assertThat(line.path("service").asString()).isEqualTo("the-service");
    assertThat(line.path("version").asString()).isEqualTo("1.2.3");
    assertThat(line.path("tool").asString()).isEqualTo("echo");
    assertThat(line.path("duration_ms").isIntegralNumber()).isTrue();
    assertThat(line.has("request_id")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE, ERROR",
    "WARNING, WARN",
    "INFO, INFO",
    "CONFIG, DEBUG",
    "FINE, DEBUG",
    "FINER, TRACE"
  })
  void levelsHaveTheirCommonNames(String level, String shown) {
    assertThat(json(record(Level.parse(level), "x")).path("level").asString()).isEqualTo(shown);
  }

  @ParameterizedTest
  @FieldSource("NASTY")
  void nothingLoggedEndsTheLine(String text) {
    assertThat(json(record(Level.INFO, text)).has("message")).isTrue();
    assertThat(json(event("e", LogFields.of("http.path", text))).size()).isEqualTo(9);
    JsonNode failed = json(failure(Level.SEVERE, text, new IllegalStateException(text)));
    assertThat(failed.path("error.stack").isString()).isTrue();
    assertThat(failed.size()).isEqualTo(10);
    AtomicReference<JsonNode> line = new AtomicReference<>();
    new RequestContext("id", Optional.of(text))
        .run(() -> line.set(json(event("e", LogFields.none()))));
    assertThat(line.get().path("subject").isString()).isTrue();
  }

  @Test
  void textComesBackUnchanged() {
    for (String text : List.of("grüße 日本 😀", "a\nb", "\"quoted\" \\", "\u202e")) {
      assertThat(json(event("e", LogFields.of("x", text))).path("x").asString()).isEqualTo(text);
    }
  }

  @Test
  void fieldIsCutAt2KiBOfWholeCharacters() {
    for (String unit : List.of("x", "ü", "日", "😀")) {
      String shown = json(event("e", LogFields.of("x", unit.repeat(5_000)))).path("x").asString();
      assertThat(shown.getBytes(StandardCharsets.UTF_8).length).isBetween(2_040, 2_048);
      assertThat(shown).endsWith(unit + "…");
    }
    String fits = "x".repeat(2_048);
    assertThat(json(event("e", LogFields.of("x", fits))).path("x").asString()).isEqualTo(fits);
    assertThat(json(record(Level.INFO, "x".repeat(5_000))).path("message").asString())
        .hasSizeLessThan(2_048);
  }

  @Test
  void stackIsOneFieldOfErrorsOnly() {
    Exception thrown = new IllegalStateException("why", new IllegalArgumentException("deeper"));
    JsonNode error = json(failure(Level.SEVERE, "defect in x", thrown));
    assertThat(error.path("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("error.message").asString()).isEqualTo("why");
    assertThat(error.path("error.stack").asString()).contains("JsonLogFormatterTest", "deeper");
    JsonNode warning = json(failure(Level.WARNING, "odd", thrown));
    assertThat(warning.has("error.stack")).isFalse();
    assertThat(warning.path("error.message").asString()).isEqualTo("why");
    Exception wordless = new IllegalStateException();
    assertThat(json(failure(Level.SEVERE, "x", wordless)).has("error.message")).isTrue();
  }

  @Test
  void longStackIsCut() {
    Exception thrown = new IllegalStateException("x".repeat(100_000));
    String stack = json(failure(Level.SEVERE, "x", thrown)).path("error.stack").asString();
    assertThat(stack).hasSizeLessThan(8_193);
  }

  @Test
  void valuesThatAreNotTextAreCleanedAsWell() {
    JsonNode line =
        json(
            event(
                "e",
                LogFields.of("list", List.of("Bearer abcdefghijkl", "b"))
                    .with("uri", URI.create("https://x/?X-Amz-Signature=0123456789"))
                    .with("flag", true)
                    .with("ratio", 0.5)
                    .with("huge", Double.NaN)));
    assertThat(line.toString()).doesNotContain("abcdefghijkl", "0123456789");
    assertThat(line.path("flag").booleanValue()).isTrue();
    assertThat(line.path("ratio").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void requestIsNamedInEveryLineOfIt() {
    AtomicReference<JsonNode> line = new AtomicReference<>();
    new RequestContext("req-1", Optional.of("user"))
        .run(() -> line.set(json(record(Level.INFO, "x"))));
    assertThat(line.get().path("request_id").asString()).isEqualTo("req-1");
    assertThat(line.get().path("subject").asString()).isEqualTo("user");
    assertThat(line.get().has("trace_id")).isFalse();
  }

  @Test
  void r123TraceIsNamedInEveryLineOfIt() {
    AtomicReference<JsonNode> line = new AtomicReference<>();
    new RequestContext("req-1", Optional.empty())
        .withTrace("4bf92f3577b34da6a3ce929d0e0e4736")
        .run(() -> line.set(json(record(Level.INFO, "x"))));
    assertThat(line.get().path("trace_id").asString())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(line.get().path("request_id").asString()).isEqualTo("req-1");
  }
}
