package com.quiltdata.mcp.observe;

import static com.quiltdata.mcp.observe.LogLines.event;
import static com.quiltdata.mcp.observe.LogLines.failure;
import static com.quiltdata.mcp.observe.LogLines.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.VisibleJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Lines for a person, which nobody else can forge.
final class TextLogFormatterTest {
  static final List<String> NASTY = List.of(LogLines.NASTY);

  private static String line(LogRecord record) {
    record.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
    return new TextLogFormatter(ZoneOffset.UTC).format(record);
  }

  @Test
  void saysTheEventOnceThenItsFields() {
    assertThat(line(event("tool.call", LogFields.of("tool", "echo").with("success", true))))
        .isEqualTo("03:04:05.678 INFO  tool.call tool=echo success=true\n");
  }

  @Test
  void valueCannotBeTakenForSeveral() {
    assertThat(line(event("e", LogFields.of("a", "1 b=2").with("c", "").with("d", "say \"x\""))))
        .endsWith(" a=\"1 b=2\" c=\"\" d=\"say \\\"x\\\"\"\n");
  }

  @ParameterizedTest
  @FieldSource("NASTY")
  void nothingLoggedEndsTheLineOrReachesTheTerminal(String text) {
    for (String line :
        List.of(line(record(Level.INFO, text)), line(event("e", LogFields.of("x", text))))) {
      assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
      assertThat(
              line.codePoints().limit(line.length() - 1).noneMatch(TextLogFormatterTest::isHidden))
          .isTrue();
    }
  }

  @ParameterizedTest
  @FieldSource("NASTY")
  void stackIsIndentedWhateverItsMessageHolds(String text) {
    List<String> lines =
        line(failure(Level.SEVERE, "defect", new IllegalStateException(text))).lines().toList();
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines.getFirst()).startsWith("03:04:05.678 ERROR defect error.type=");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
    assertThat(String.join("", lines).codePoints().noneMatch(TextLogFormatterTest::isHidden))
        .isTrue();
  }

  private static boolean isHidden(int c) {
    return Character.isISOControl(c) || VisibleJson.isInvisible(c);
  }
}
