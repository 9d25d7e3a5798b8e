package com.quiltdata.mcp.transport.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The peers whose last `X-Forwarded-For` hop is taken for the client's address.
public final class TrustedProxies {
  private final boolean all;
  private final List<Network> networks;

  private TrustedProxies(boolean all, List<Network> networks) {
    this.all = all;
    this.networks = networks;
  }

  /// Nobody is believed, so nobody's address is known.
  public static TrustedProxies none() {
    return new TrustedProxies(false, List.of());
  }

  /// Reads a list as an operator writes it.
  ///
  /// @param texts addresses, networks such as `10.0.0.0/8`, or `*` for every peer
  /// @return the list
  /// @throws IllegalArgumentException when an entry is none of these
  public static TrustedProxies of(Collection<String> texts) {
    List<Network> networks = new ArrayList<>();
    boolean all = false;
    for (String text : texts) {
      if (text.strip().equals("*")) {
        all = true;
      } else {
        networks.add(Network.parse(text.strip()));
      }
    }
    return new TrustedProxies(all, List.copyOf(networks));
  }

  /// The address that limits may count by.
  ///
  /// Without a list any peer may be the balancer, and its address would make all users one: then
  /// nothing is known.
  ///
  /// @param peer who is connected
  /// @param forwardedFor every `X-Forwarded-For` value in the order received
  /// @return the client's address, if it is known
  Optional<InetAddress> client(InetAddress peer, List<String> forwardedFor) {
    if (all || networks.stream().anyMatch(network -> network.holds(peer))) {
      return forwardedFor.isEmpty() ? Optional.empty() : lastHop(forwardedFor.getLast());
    }
    return networks.isEmpty() ? Optional.empty() : Optional.of(peer);
  }

  private static Optional<InetAddress> lastHop(String value) {
    String hop = value.substring(value.lastIndexOf(',') + 1).strip();
    int bracket = hop.indexOf(']');
    if (hop.startsWith("[") && bracket > 0) {
      hop = hop.substring(1, bracket);
    } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0) {
      hop = hop.substring(0, hop.indexOf(':'));
    }
    return Optional.ofNullable(literal(hop));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return text.isEmpty() || text.length() > 64 ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private record Network(InetAddress address, int bits) {
    static Network parse(String text) {
      int slash = text.indexOf('/');
      InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
      if (address != null) {
        int width = address.getAddress().length * 8;
        String bits = slash < 0 ? String.valueOf(width) : text.substring(slash + 1);
        if (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= width) {
          return new Network(address, Integer.parseInt(bits));
        }
      }
      throw new IllegalArgumentException(
          "'" + text + "' is not an address, a network such as 10.0.0.0/8, or *");
    }

    boolean holds(InetAddress peer) {
      byte[] own = address.getAddress();
      byte[] other = peer.getAddress();
      if (other.length != own.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((other[bit / 8] & mask) != (own[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
