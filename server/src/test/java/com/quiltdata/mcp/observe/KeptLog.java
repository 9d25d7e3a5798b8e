package com.quiltdata.mcp.observe;

import com.quiltdata.mcp.KeptLines;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Keeps what is logged in the process of the tests, as it is written in production. Named in
/// `logging.properties`.
public final class KeptLog extends Handler {
  private static final boolean FUZZED = System.getenv("JAZZER_FUZZ") != null;

  private final JsonLogFormatter formatter = new JsonLogFormatter("tests", "0");

  private static final class Holder {
    static final KeptLines LINES =
        new KeptLines("test-logs", "junit-%d.log".formatted(ProcessHandle.current().pid()));
  }

  @Override
  public void publish(LogRecord record) {
    if (FUZZED) {
      return;
    }
    try {
      Holder.LINES.add(formatter.format(record).stripTrailing());
    } catch (RuntimeException e) {
      reportError(null, e, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {
    // Every line is written at once.
  }

  @Override
  public void close() {
    // The next one of this process goes on in the same file.
  }
}
