package com.quiltdata.mcp.proxy;

import java.util.Optional;

/// A token from the environment.
final class FixedToken implements TokenSource {
  private final String variable;
  private final String token;

  FixedToken(String variable, String token) {
    this.variable = variable;
    this.token = token;
  }

  @Override
  public Optional<String> current() {
    return Optional.of(token);
  }

  @Override
  public Optional<String> renewed() {
    return current();
  }

  @Override
  public boolean isSent() {
    return true;
  }

  @Override
  public String remedy() {
    return "The token is that of the variable %s: set a fresh one and start this client again; one in a --token-file can be replaced while it runs."
        .formatted(variable);
  }
}
