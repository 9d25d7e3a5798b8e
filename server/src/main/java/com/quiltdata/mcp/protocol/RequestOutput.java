package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns what a call reports into the notifications that its request asked for.
///
/// Progress goes out for a progress token only, with growing values, ten at once and ten a second
/// after that; log messages at or above the level that was asked for.
final class RequestOutput implements CallOutput {
  private static final int BURST = 10;
  private static final long NANOS_PER_MESSAGE = 100_000_000L;

  private final RevisionWriter writer;
  private final Outbox outbox;
  private final Optional<JsonNode> progressToken;
  private final Optional<LogLevel> leastLevel;
  private double lastProgress = Double.NEGATIVE_INFINITY;
  private long paidUntilNanos;

  RequestOutput(
      RevisionWriter writer,
      Outbox outbox,
      Optional<JsonNode> progressToken,
      Optional<LogLevel> leastLevel) {
    this.writer = writer;
    this.outbox = outbox;
    this.progressToken = progressToken;
    this.leastLevel = leastLevel;
    this.paidUntilNanos = System.nanoTime() - BURST * NANOS_PER_MESSAGE;
  }

  @Override
  public synchronized void progress(double done, OptionalDouble total, String message) {
    if (progressToken.isEmpty() || done <= lastProgress || !takesAnother()) {
      return;
    }
    lastProgress = done;
    ObjectNode params = StrictJson.NODES.objectNode();
    params.set("progressToken", progressToken.get());
    params.put("progress", done);
    total.ifPresent(value -> params.put("total", value));
    if (!message.isEmpty()) {
      params.put("message", message);
    }
    outbox.send(writer.notification("notifications/progress", params));
  }

  @Override
  public synchronized void log(LogLevel level, String message) {
    if (leastLevel.filter(least -> level.compareTo(least) >= 0).isEmpty()) {
      return;
    }
    ObjectNode params =
        StrictJson.NODES
            .objectNode()
            .put("level", level.wire())
            .put("logger", "quilt")
            .put("data", message);
    outbox.send(writer.notification("notifications/message", params));
  }

  @Override
  public void reserve(long bytes) {
    outbox.reserve(bytes);
  }

  private boolean takesAnother() {
    long now = System.nanoTime();
    long earliest = now - BURST * NANOS_PER_MESSAGE;
    if (paidUntilNanos - earliest < 0) {
      paidUntilNanos = earliest;
    }
    if (paidUntilNanos - now > 0) {
      return false;
    }
    paidUntilNanos += NANOS_PER_MESSAGE;
    return true;
  }
}
