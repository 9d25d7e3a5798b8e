package com.quiltdata.mcp.observe;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Sets up the log of the whole process.
public final class Logging {
  /// How lines are written.
  public enum Format {
    /// One JSON object a line.
    JSON,
    /// For a person.
    TEXT
  }

  /// How much is written.
  public enum Threshold {
    /// Everything.
    TRACE,
    /// Detail for developers.
    DEBUG,
    /// The normal course of things.
    INFO,
    /// What may be wrong.
    WARN,
    /// What failed.
    ERROR;

    /// The level of this program's own loggers.
    private Level own() {
      return switch (this) {
        case TRACE -> Level.FINER;
        case DEBUG -> Level.FINE;
        case INFO -> Level.INFO;
        case WARN -> Level.WARNING;
        case ERROR -> Level.SEVERE;
      };
    }

    /// The level of libraries, a step quieter.
    private Level others() {
      return switch (this) {
        case TRACE, DEBUG -> Level.INFO;
        case INFO, WARN -> Level.WARNING;
        case ERROR -> Level.SEVERE;
      };
    }
  }

  private Logging() {}

  /// To be called before anything in the process logs.
  public static void prepare() {
    System.setProperty("java.util.logging.manager", LogsToTheEnd.class.getName());
  }

  /// Replaces whatever the process logs with. May be called once after [#prepare()].
  ///
  /// Libraries never log below INFO: their wire logs would hold tokens.
  ///
  /// @param out where lines go
  /// @param format how they are written
  /// @param threshold how much is written
  /// @param service name of the server, in each JSON line
  /// @param version of the server, in each JSON line
  public static void install(
      PrintStream out, Format format, Threshold threshold, String service, String version) {
    LogManager.getLogManager().reset();
    Formatter formatter =
        switch (format) {
          case JSON -> new JsonLogFormatter(service, version);
          case TEXT -> new TextLogFormatter(ZoneId.systemDefault());
        };
    // A container has no locale, and JSON is UTF-8 anyway; a terminal has its own encoding.
    Charset charset = format == Format.JSON ? StandardCharsets.UTF_8 : out.charset();
    Handler handler = new LineHandler(out, formatter, charset);
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(threshold.others());
    Levels.OWN.setLevel(threshold.own());
    Levels.PACKAGES.setLevel(threshold.own());
    Levels.START.setLevel(Level.OFF);
    Levels.LISTENER.setFilter(
        record -> !(record.getThrown() instanceof RejectedExecutionException));
    if (LogManager.getLogManager() instanceof LogsToTheEnd manager) {
      manager.keep();
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> EventLog.named("app").defect("thread " + thread.getName(), failure));
  }

  /// Loggers whose level was set must stay reachable, or the level is lost with them.
  private static final class Levels {
    static final Logger OWN = Logger.getLogger("quilt");
    static final Logger PACKAGES = Logger.getLogger("com.quiltdata.mcp");

    /// Says with three stacks what this program tells in a sentence: the port is in use.
    static final Logger START = Logger.getLogger("io.helidon.webserver.LoomServer");

    /// Takes it for an error when somebody connects in the moment in which the port is closed.
    static final Logger LISTENER = Logger.getLogger("io.helidon.webserver.ServerListener");
  }

  private static final class LineHandler extends Handler {
    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream out;
    private final Formatter lines;
    private final Charset charset;

    LineHandler(PrintStream out, Formatter lines, Charset charset) {
      this.out = out;
      this.lines = lines;
      this.charset = charset;
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      byte[] line;
      try {
        line = lines.format(record).getBytes(charset);
      } catch (RuntimeException e) {
        // Whoever logs goes on.
        reportError(null, e, ErrorManager.FORMAT_FAILURE);
        return;
      }
      lock.lock();
      try {
        out.write(line, 0, line.length);
        out.flush();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
