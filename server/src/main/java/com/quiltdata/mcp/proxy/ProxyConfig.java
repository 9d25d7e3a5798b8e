package com.quiltdata.mcp.proxy;

import java.time.Duration;

/// What a proxy is told.
///
/// @param url where the server is
/// @param token what it is shown
/// @param limits of sizes and numbers
/// @param patience with a server that cannot be reached
/// @param grace for what is under way when the client's input ends
/// @param silence after which an answer that has begun, or has not, is given up
public record ProxyConfig(
    RemoteUrl url,
    TokenSource token,
    Limits limits,
    Patience patience,
    Duration grace,
    Duration silence) {

  /// Sizes and numbers.
  ///
  /// @param lineBytes longest message of the client
  /// @param messageBytes longest message of the server
  /// @param messages most messages of the client under way
  /// @param exchanges most requests with the server at once; others wait
  public record Limits(int lineBytes, int messageBytes, int messages, int exchanges) {
    /// Room for the largest object that a tool gives, in both forms of a result.
    static final Limits DEFAULT = new Limits(16 << 20, 40 << 20, 256, 32);

    /// Checks that there is room for something.
    public Limits {
      if (lineBytes < 1 || messageBytes < 1 || messages < 1 || exchanges < 1) {
        throw new IllegalArgumentException("limits are positive numbers");
      }
    }
  }

  /// Refuses to send a token where others can read it.
  public ProxyConfig {
    if (token.isSent()) {
      url.requireSecrecy();
    }
  }

  /// The usual limits and times.
  ///
  /// @param url where the server is
  /// @param token what it is shown
  /// @return a whole configuration
  public static ProxyConfig of(RemoteUrl url, TokenSource token) {
    return new ProxyConfig(
        url,
        token,
        Limits.DEFAULT,
        Patience.DEFAULT,
        Duration.ofSeconds(2),
        Duration.ofMinutes(10));
  }
}
