package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A token in a file, read again whenever the server refuses the last one.
final class TokenFile implements TokenSource {
  private final EventLog log = EventLog.named("proxy");
  private final Path file;
  private volatile String token;

  TokenFile(Path file) {
    this.file = file;
    this.token = read();
  }

  @Override
  public Optional<String> current() {
    return Optional.of(token);
  }

  @Override
  public Optional<String> renewed() {
    try {
      token = read();
    } catch (InvalidSettingsException e) {
      log.event(
          Level.WARNING, "proxy.token", LogFields.of("problem", String.join(" ", e.problems())));
    }
    return current();
  }

  private String read() {
    String where = "--token-file %s".formatted(file);
    try (InputStream in = Files.newInputStream(file)) {
      // One more than allowed is refused, and space around a token is not counted.
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidSettingsException(
            List.of("%s holds more than %d bytes, which is no token.".formatted(where, MAX_BYTES)));
      }
      return TokenSource.checked(where, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InvalidSettingsException(
          List.of(
              "%s cannot be read (%s). Name a file that this user can read."
                  .formatted(where, e.getClass().getSimpleName())));
    }
  }

  @Override
  public boolean isSent() {
    return true;
  }

  @Override
  public String remedy() {
    return "The token is read from %s: put a fresh one there and try again, nothing needs to be restarted."
        .formatted(file);
  }
}
