package com.quiltdata.mcp.replica;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/// Where a replica can be reached. Written as `10.0.0.5:8001` or `[fd00::5]:8001`.
///
/// @param host its address
/// @param port its peer port
record PeerAddress(InetAddress host, int port) {

  PeerAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port %d is not in 1 to 65535".formatted(port));
    }
  }

  /// Reads an address that another replica named; a name is none.
  static Optional<PeerAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PeerAddress(
              InetAddress.ofLiteral(text.substring(0, colon)),
              Integer.parseInt(text.substring(colon + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return (host instanceof Inet6Address ? "[%s]:%d" : "%s:%d")
        .formatted(host.getHostAddress(), port);
  }
}
