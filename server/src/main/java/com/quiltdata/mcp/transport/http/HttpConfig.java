package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.admission.ClientLimits;
import java.util.Optional;

/// Everything that can be set about the HTTP side, as plain values.
///
/// @param host address to listen on
/// @param port port to listen on, 0 for any free one
/// @param origins which web pages may call
/// @param proxies peers whose word about the client's address counts
/// @param limits sizes and numbers
/// @param clients what one client may ask for, empty where there is only one
/// @param timers how long anything may take
/// @param drain how the server comes to its end
public record HttpConfig(
    String host,
    int port,
    AllowedOrigins origins,
    TrustedProxies proxies,
    HttpLimits limits,
    Optional<ClientLimits> clients,
    HttpTimers timers,
    DrainTimers drain) {

  /// Checks the address.
  public HttpConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host to listen on is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the port " + port + " is not in 0 to 65535");
    }
  }

  /// Port 8000 of this machine alone, no foreign web page, the documented limits.
  public static HttpConfig defaults() {
    return new HttpConfig(
        "127.0.0.1",
        8000,
        AllowedOrigins.none(),
        TrustedProxies.none(),
        HttpLimits.defaults(),
        Optional.empty(),
        HttpTimers.defaults(),
        DrainTimers.defaults());
  }

  /// The same with another address.
  public HttpConfig withAddress(String newHost, int newPort) {
    return new HttpConfig(newHost, newPort, origins, proxies, limits, clients, timers, drain);
  }

  /// The same with other web pages.
  public HttpConfig withOrigins(AllowedOrigins newOrigins) {
    return new HttpConfig(host, port, newOrigins, proxies, limits, clients, timers, drain);
  }

  /// The same with other trusted peers.
  public HttpConfig withProxies(TrustedProxies newProxies) {
    return new HttpConfig(host, port, origins, newProxies, limits, clients, timers, drain);
  }

  /// The same with other limits.
  public HttpConfig withLimits(HttpLimits newLimits) {
    return new HttpConfig(host, port, origins, proxies, newLimits, clients, timers, drain);
  }

  /// The same with limits of each client.
  public HttpConfig withClients(Optional<ClientLimits> newClients) {
    return new HttpConfig(host, port, origins, proxies, limits, newClients, timers, drain);
  }

  /// The same with other timers.
  public HttpConfig withTimers(HttpTimers newTimers) {
    return new HttpConfig(host, port, origins, proxies, limits, clients, newTimers, drain);
  }

  /// The same with another end.
  public HttpConfig withDrain(DrainTimers newDrain) {
    return new HttpConfig(host, port, origins, proxies, limits, clients, timers, newDrain);
  }
}
