package com.quiltdata.mcp.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.observe.Logging.Format;
import com.quiltdata.mcp.observe.Logging.Threshold;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The log of the whole process. It is the process's own log, so it is put back afterwards.
@Isolated
final class LoggingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void putBack() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler(null);
    LogManager.getLogManager().readConfiguration();
  }

  private void install(Format format, Threshold threshold, String charset) {
    Logging.install(
        new PrintStream(out, false, Charset.forName(charset)), format, threshold, "s", "v");
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @ParameterizedTest
  @CsvSource({"TRACE, 5, 3", "DEBUG, 4, 3", "INFO, 3, 2", "WARN, 2, 2", "ERROR, 1, 1"})
  void thresholdHoldsForOursAndOthersAreAStepQuieter(Threshold threshold, int ours, int others) {
    install(Format.JSON, threshold, "UTF-8");
    List<Level> levels = List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR);
    levels.forEach(level -> EventLog.named("test").event(level, "e", LogFields.none()));
    assertThat(lines()).hasSize(ours);
    levels.forEach(level -> System.getLogger("com.quiltdata.mcp.x.Y").log(level, "text"));
    assertThat(lines()).hasSize(2 * ours);
    levels.forEach(level -> System.getLogger("io.helidon.webserver.http1").log(level, "text"));
    assertThat(lines()).hasSize(2 * ours + others);
  }

  @Test
  void jsonIsUtf8InAnyLocale() {
    install(Format.JSON, Threshold.INFO, "US-ASCII");
    EventLog.named("test").event(Level.INFO, "e", LogFields.of("x", "grüße 日本"));
    assertThat(lines()).singleElement().asString().contains("grüße 日本");
  }

  @Test
  void threadsAtOnceDoNotMixTheirLines() throws InterruptedException {
    install(Format.JSON, Threshold.INFO, "UTF-8");
    Thread[] threads = new Thread[16];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 50; n++) {
                  EventLog.named("test")
                      .event(Level.INFO, "e", LogFields.of("x", "y".repeat(1_500)));
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(lines()).hasSize(800).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  @Test
  void whatNobodyCaughtIsOneLineToo() throws InterruptedException {
    install(Format.JSON, Threshold.INFO, "UTF-8");
    Thread thread =
        Thread.ofVirtual()
            .name("lost")
            .unstarted(() -> {
              throw new IllegalStateException("nobody\ncaught me");
            });
    thread.start();
    thread.join();
    assertThat(lines()).singleElement().asString().contains("defect in thread lost", "error.stack");
  }

  @Test
  void valueThatCannotBeShownDoesNotBreakWhoLogs() {
    install(Format.JSON, Threshold.INFO, "UTF-8");
    PrintStream err = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      Object rude =
          new Object() {
            @Override
            public String toString() {
              throw new IllegalStateException("no text");
            }
          };
      EventLog.named("test").event(Level.INFO, "e", LogFields.of("x", rude));
      EventLog.named("test").event(Level.INFO, "after", LogFields.none());
    } finally {
      System.setErr(err);
    }
    assertThat(lines()).singleElement().asString().contains("after");
  }

  @Test
  void whoComesWhileThePortIsClosedIsNoError() {
    install(Format.JSON, Threshold.INFO, "UTF-8");
    System.Logger listener = System.getLogger("io.helidon.webserver.ServerListener");
    listener.log(Level.ERROR, "rejected", new RejectedExecutionException());
    assertThat(lines()).isEmpty();
    listener.log(Level.ERROR, "broken", new SocketException("of another kind"));
    assertThat(lines()).singleElement().asString().contains("broken");
  }

  @Test
  void thresholdsAreThoseOfTheSetting() {
    assertThat(Arrays.stream(Threshold.values()).map(Enum::name))
        .containsExactly("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
  }
}
