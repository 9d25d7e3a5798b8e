package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.config.InvalidSettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the token comes from that the server is shown. Thread-safe.
public sealed interface TokenSource permits NoToken, FixedToken, TokenFile {
  /// The longest token.
  int MAX_BYTES = 16 << 10;

  /// No token.
  ///
  /// @return a source of nothing
  static TokenSource none() {
    return new NoToken();
  }

  /// A token that stays the same.
  ///
  /// @param variable name of the environment variable that holds it
  /// @param value what it holds
  /// @return its source
  /// @throws InvalidSettingsException when that is no token
  static TokenSource ofVariable(String variable, String value) {
    return new FixedToken(variable, checked(variable, value));
  }

  /// A token in a file, which others may replace.
  ///
  /// @param file holds nothing else
  /// @return its source
  /// @throws InvalidSettingsException when it holds no token
  static TokenSource ofFile(Path file) {
    return new TokenFile(file);
  }

  /// The token as last read.
  Optional<String> current();

  /// The token after a server refused the last one.
  Optional<String> renewed();

  /// Whether there is ever a token.
  boolean isSent();

  /// What a person can do when the server refuses the token.
  String remedy();

  /// The token in a text that may have space around it.
  static String checked(String where, String text) {
    String token = text.strip();
    if (token.isEmpty()) {
      throw invalid(where, "holds no token; put the token there and nothing else");
    }
    if (token.length() > MAX_BYTES) {
      throw invalid(where, "holds more than %d bytes, which is no token".formatted(MAX_BYTES));
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw invalid(
          where, "holds spaces or characters that no token has; put the token there alone");
    }
    return token;
  }

  private static InvalidSettingsException invalid(String where, String text) {
    return new InvalidSettingsException(List.of("%s %s.".formatted(where, text)));
  }
}
