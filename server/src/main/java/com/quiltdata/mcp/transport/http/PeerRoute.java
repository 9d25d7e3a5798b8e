package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.replica.PeerReplicas;
import java.util.Optional;
import java.util.Set;

/// Requests of other replicas. What is not proven to come from one gets a bare 404. They do not
/// count as traffic: replicas greet each other to the end.
public final class PeerRoute implements Route {
  /// Where replicas expect each other.
  public static final String PATH = PeerReplicas.PATH;

  private final PeerReplicas replicas;

  /// A route to this replica.
  ///
  /// @param replicas who answers
  public PeerRoute(PeerReplicas replicas) {
    this.replicas = replicas;
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST");
  }

  @Override
  public void handle(Exchange exchange) {
    byte[] sealed = exchange.readBody(PeerReplicas.MAX_REQUEST_BYTES);
    Optional<byte[]> response =
        exchange.peerAddress().flatMap(address -> replicas.receive(sealed, address));
    if (response.isPresent()) {
      exchange.answer(200, PeerReplicas.MEDIA_TYPE, response.get());
    } else {
      exchange.answer(404, "", new byte[0]);
    }
  }

  @Override
  public boolean isProbe() {
    return true;
  }
}
