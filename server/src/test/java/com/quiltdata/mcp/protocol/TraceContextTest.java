package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.observe.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// The client's trace: requirement R123.
final class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GOOD = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private static Optional<String> traceId(String traceparent) {
    return TraceContext.traceId(json("{}").put("traceparent", traceparent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GOOD,
        "00-" + TRACE + "-00f067aa0ba902b7-00",
        "cc-" + TRACE + "-00f067aa0ba902b7-01",
        "cc-" + TRACE + "-00f067aa0ba902b7-01-what the future holds"
      })
  void r123ReadsATraceId(String traceparent) {
    assertThat(traceId(traceparent)).contains(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        TRACE,
        "ff-" + TRACE + "-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-01-more",
        "00-" + TRACE + "-00f067aa0ba902b7-01-",
        "cc-" + TRACE + "-00f067aa0ba902b7-01.more",
        "00-" + TRACE + "-00f067aa0ba902b7",
        "00-" + TRACE + "-0000000000000000-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        " " + GOOD,
        GOOD + "\n",
        "00_" + TRACE + "_00f067aa0ba902b7_01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"
      })
  void r123IgnoresWhatIsNone(String traceparent) {
    assertThat(traceId(traceparent)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "{}", "[\"" + GOOD + "\"]"})
  void r123IgnoresWhatIsNoText(String traceparent) {
    assertThat(TraceContext.traceId(json("{\"traceparent\":%s}".formatted(traceparent)))).isEmpty();
    assertThat(TraceContext.traceId(json("{\"m\":1}").path("_meta"))).isEmpty();
  }

  /// The traces of the contexts in which lines were written.
  private static List<Optional<String>> logged(Sender sender) {
    List<Optional<String>> traces = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("quilt.tool");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            RequestContext.current().ifPresent(context -> traces.add(context.traceId()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
    try {
      new RequestContext("request-1", Optional.empty()).run(sender::send);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
      logger.setLevel(Level.OFF);
    }
    return traces;
  }

  private interface Sender {
    void send();
  }

  private static ObjectNode traced(String tool, String traceparent) {
    ObjectNode params = TalkBench.call(tool);
    params.putObject("_meta").put("traceparent", traceparent);
    return params;
  }

  private static Sender calls(ObjectNode params) {
    TalkBench bench = new TalkBench();
    String body = TalkBench.message("1", "tools/call", params);
    return () -> {
      Outcome outcome =
          bench
              .endpoint()
              .take(
                  body.getBytes(UTF_8),
                  ANNA,
                  Optional.of(name ->
                      Optional.ofNullable(Map.of("MCP-Protocol-Version", "2025-11-25").get(name))
                          .stream()
                          .toList()),
                  "request-1");
      ((Outcome.Work) outcome).task().run(_ -> {});
    };
  }

  @Test
  void r123LogLinesOfACallNameItsTrace() {
    assertThat(logged(calls(traced("echo", GOOD)))).containsExactly(Optional.of(TRACE));
    assertThat(logged(calls(traced("echo", "nonsense")))).containsExactly(Optional.empty());
    assertThat(logged(calls(TalkBench.call("echo")))).containsExactly(Optional.empty());
  }
}
