package com.quiltdata.mcp.deploy.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// Where standard error goes, if people read it there while it is written.
public interface Terminal {
  /// No terminal: a file, a pipe, the log of a CI service.
  Terminal NONE = OptionalInt::empty;

  /// How many columns it has; empty when it is no terminal. Its user may change that at any time.
  OptionalInt columns();

  /// The one of this process, as `stty` knows it. One that says it is dumb is none.
  ///
  /// @param environment tells its kind
  static Terminal ofProcess(Map<String, String> environment) {
    return "dumb".equals(environment.get("TERM")) ? NONE : Terminal::ask;
  }

  private static OptionalInt ask() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "test -t 2 && stty size <&2 2>/dev/null")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      shell.getOutputStream().close();
      if (!shell.waitFor(1, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        return OptionalInt.empty();
      }
      return size(
          new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException _) {
      return OptionalInt.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /// Reads `24 80`.
  private static OptionalInt size(String rowsAndColumns) {
    return rowsAndColumns.matches("\\d{1,5} \\d{1,5}")
        ? OptionalInt.of(
            Integer.parseInt(rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1)))
        : OptionalInt.empty();
  }
}
