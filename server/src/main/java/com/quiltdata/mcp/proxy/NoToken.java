package com.quiltdata.mcp.proxy;

import java.util.Optional;

/// Nothing is shown.
record NoToken() implements TokenSource {
  @Override
  public Optional<String> current() {
    return Optional.empty();
  }

  @Override
  public Optional<String> renewed() {
    return Optional.empty();
  }

  @Override
  public boolean isSent() {
    return false;
  }

  @Override
  public String remedy() {
    return "Start the proxy with --token-file FILE, or set QUILT_MCP_TOKEN.";
  }
}
