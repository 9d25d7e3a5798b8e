package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Answers what other replicas send. Thread-safe.
final class Reception {
  private static final int MAX_HEADS = 16_384;

  private final EventLog log = EventLog.named("replica");
  private final ReplicaId self;
  private final Seal seal;
  private final Members members;
  private final Handlers handlers;
  private final Duration skew;
  private final InstantSource clock;
  private final RecentHeads heads;
  private final LongAdder refused = new LongAdder();

  Reception(
      ReplicaId self,
      Seal seal,
      Members members,
      Handlers handlers,
      Duration skew,
      InstantSource clock) {
    this.self = self;
    this.seal = seal;
    this.members = members;
    this.handlers = handlers;
    this.skew = skew;
    this.clock = clock;
    // A sender whose clock is ahead may be believed for twice the skew.
    this.heads = new RecentHeads(MAX_HEADS, skew.multipliedBy(2));
  }

  /// Answers a request.
  ///
  /// @return the sealed response; empty for what no replica has just sent
  Optional<byte[]> receive(byte[] sealed, InetAddress remote) {
    Optional<Seal.Opened> opened = seal.openRequest(sealed);
    if (opened.isEmpty()) {
      return refuse("seal", remote);
    }
    Optional<PeerRequest> request = PeerRequest.read(opened.get().content());
    if (request.isEmpty()) {
      return refuse("form", remote);
    }
    Instant now = clock.instant();
    if (Duration.between(request.get().time(), now).abs().compareTo(skew) > 0) {
      return refuse("time", remote);
    }
    if (!heads.isFirst(opened.get().head(), now)) {
      return refuse("replay", remote);
    }
    PeerResponse response = respond(opened.get().sender(), request.get(), remote);
    return Optional.of(seal.response(response.bytes(), opened.get().head()));
  }

  private PeerResponse respond(ReplicaId sender, PeerRequest request, InetAddress remote) {
    if (request.to().isPresent() && !request.to().get().equals(self)) {
      return PeerResponse.of(PeerResponse.Status.NOT_ME);
    }
    return switch (request.kind()) {
      case HELLO -> {
        Greeting.read(request.body())
            .port()
            .ifPresent(port -> members.greetedBy(sender, new PeerAddress(remote, port)));
        yield taken(Greeting.naming(members.toTell(sender)).bytes());
      }
      case GOODBYE -> {
        members.left(sender);
        yield taken(new byte[0]);
      }
      case MESSAGE ->
          handlers
              .take(request.topic(), request.body())
              .map(Reception::taken)
              .orElseGet(() -> PeerResponse.of(PeerResponse.Status.FAILED));
    };
  }

  private static PeerResponse taken(byte[] body) {
    return new PeerResponse(PeerResponse.Status.TAKEN, body);
  }

  private Optional<byte[]> refuse(String reason, InetAddress remote) {
    refused.increment();
    log.event(
        Level.DEBUG,
        "replica.refused",
        LogFields.of("reason", reason).with("address", remote.getHostAddress()));
    return Optional.empty();
  }

  /// How many requests were refused.
  long refused() {
    return refused.sum();
  }
}
