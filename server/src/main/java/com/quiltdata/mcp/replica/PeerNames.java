package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the configured names mean at the moment. Thread-safe. Looking up may block for long, for
/// the system's resolver knows no limit.
final class PeerNames {
  /// Finds all addresses of a name.
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final EventLog log = EventLog.named("replica");
  private final List<PeerName> names;
  private final int defaultPort;
  private final Resolver resolver;
  private final Map<PeerName, Set<PeerAddress>> found = new LinkedHashMap<>();
  private final Set<PeerName> failing = new HashSet<>();

  PeerNames(List<PeerName> names, int defaultPort, Resolver resolver) {
    this.names = List.copyOf(names);
    this.defaultPort = defaultPort;
    this.resolver = resolver;
  }

  /// Looks all names up.
  ///
  /// @param addresses those that were found; of a name that cannot be found, those it had before
  /// @param isComplete whether every name was found
  record Found(Set<PeerAddress> addresses, boolean isComplete) {}

  synchronized Found lookUp() {
    names.forEach(this::lookUp);
    Set<PeerAddress> all = new LinkedHashSet<>();
    found.values().forEach(all::addAll);
    return new Found(all, failing.isEmpty());
  }

  private void lookUp(PeerName name) {
    try {
      Set<PeerAddress> addresses = new LinkedHashSet<>();
      Arrays.stream(resolver.addresses(name.host()))
          .map(host -> new PeerAddress(host, name.port().orElse(defaultPort)))
          .forEach(addresses::add);
      found.put(name, addresses);
      failing.remove(name);
    } catch (UnknownHostException _) {
      if (failing.add(name)) {
        log.event(Level.WARNING, "replica.name_unknown", LogFields.of("name", name.toString()));
      }
    }
  }
}
