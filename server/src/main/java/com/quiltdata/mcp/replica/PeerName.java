package com.quiltdata.mcp.replica;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where other replicas are to be found, as an operator writes it.
///
/// @param host a name or an address; all addresses of a name count
/// @param port where they listen; empty for the port of this replica's setting
public record PeerName(String host, OptionalInt port) {
  private static final String DNS = "dns:";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern WITH_PORT =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):(\\d{1,5})");

  /// Reads `host:port`, `[address]:port` or `dns:name`.
  ///
  /// @param text as written
  /// @return the name
  /// @throws IllegalArgumentException saying the rule
  public static PeerName parse(String text) {
    if (text.startsWith(DNS) && HOST.matcher(text.substring(DNS.length())).matches()) {
      return new PeerName(text.substring(DNS.length()), OptionalInt.empty());
    }
    Matcher matcher = WITH_PORT.matcher(text);
    if (!text.startsWith(DNS) && matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65_535) {
        return new PeerName(matcher.group(1), OptionalInt.of(port));
      }
    }
    throw new IllegalArgumentException(
        "'%s' is neither host:port, such as 10.0.0.5:8001, nor dns:name".formatted(text));
  }

  @Override
  public String toString() {
    return port.isPresent() ? host + ":" + port.getAsInt() : DNS + host;
  }
}
