package com.quiltdata.mcp.replica;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Replicas that send each other sealed HTTP requests, without anything between them.
///
/// Who runs is known from greetings, which every replica sends to every address it was configured
/// with or has learned, every one or two seconds, and less often where there are many; so one
/// direction of configuration is enough. What comes in is handed to [#receive].
public final class PeerReplicas implements Replicas {
  /// The path where replicas expect each other, with the method `POST`.
  public static final String PATH = PeerCalls.PATH;

  /// What the bodies of requests and responses are.
  public static final String MEDIA_TYPE = PeerCalls.MEDIA_TYPE;

  /// The longest body of a request.
  public static final int MAX_REQUEST_BYTES = PeerCalls.MAX_REQUEST_BYTES;

  private final ReplicaId self;
  private final PeerTimers timers;
  private final InstantSource clock;
  private final Handlers handlers = new Handlers();
  private final Members members;
  private final PeerCalls calls;
  private final Greetings greetings;
  private final Reception reception;
  private final Map<ReplicaId, Outbox> outboxes = new ConcurrentHashMap<>();

  /// A replica that is not heard of yet.
  ///
  /// @param self its name
  /// @param peers where others may be; this replica may be among them
  /// @param defaultPort where those listen whose port is not said
  /// @param keys the same for all replicas
  /// @param timers how long anything may take
  /// @param clock tells when a request was sent
  public PeerReplicas(
      ReplicaId self,
      List<PeerName> peers,
      int defaultPort,
      SealingKeys keys,
      PeerTimers timers,
      InstantSource clock) {
    this(self, new PeerNames(peers, defaultPort, InetAddress::getAllByName), keys, timers, clock);
  }

  PeerReplicas(
      ReplicaId self, PeerNames names, SealingKeys keys, PeerTimers timers, InstantSource clock) {
    Seal seal = new Seal(keys, self);
    this.self = self;
    this.timers = timers;
    this.clock = clock;
    this.members = new Members(self, timers.memory());
    this.calls = new PeerCalls(seal, timers);
    this.greetings = new Greetings(members, names, calls, timers, clock);
    this.reception = new Reception(self, seal, members, handlers, timers.skew(), clock);
  }

  /// Greets the others, and waits a moment for their answers. To be called once, with the port
  /// open: they will send requests at once.
  ///
  /// @param port where this replica listens
  public void start(int port) {
    try {
      greetings.start(port);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Answers what came in on the peer port.
  ///
  /// @param sealed the body of the request
  /// @param remote the address at the other end of the connection
  /// @return the body of the response; empty for what no replica of this server has just sent,
  ///   which is to be told nothing
  public Optional<byte[]> receive(byte[] sealed, InetAddress remote) {
    return reception.receive(sealed, remote);
  }

  /// How many requests were told nothing.
  public long refused() {
    return reception.refused();
  }

  /// The other replicas that were heard of.
  public Set<ReplicaId> others() {
    return members.ids();
  }

  @Override
  public ReplicaId self() {
    return self;
  }

  @Override
  public boolean reachesAll() {
    return true;
  }

  @Override
  public Answer ask(ReplicaId owner, String topic, byte[] message) {
    Handlers.requireSendable(message);
    if (owner.equals(self)) {
      return handlers.ask(topic, message);
    }
    try {
      return askOther(owner, topic, message);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable();
    }
  }

  /// Where the owner was heard last it may be no more; then everybody is greeted, which tells where
  /// it is or that it is nowhere.
  private Answer askOther(ReplicaId owner, String topic, byte[] message)
      throws InterruptedException {
    Optional<Answer> answer = tryToAsk(owner, topic, message);
    if (answer.isPresent()) {
      return answer.get();
    }
    boolean isGone =
        members.hasLeft(owner) || (greetings.roundSince(System.nanoTime()) && members.knowsAll());
    Optional<Answer> second = tryToAsk(owner, topic, message);
    if (second.isPresent()) {
      return second.get();
    }
    return isGone ? new Answer.Gone() : new Answer.Unreachable();
  }

  /// Asks where the owner was heard.
  ///
  /// @return empty when it is not there
  private Optional<Answer> tryToAsk(ReplicaId owner, String topic, byte[] message)
      throws InterruptedException {
    Optional<PeerAddress> address = members.addressOf(owner);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Outcome outcome =
        calls.send(address.get(), request(PeerRequest.Kind.MESSAGE, owner, topic, message));
    members.heard(address.get(), outcome);
    return switch (outcome) {
      case Outcome.Responded responded ->
          switch (responded.response().status()) {
            case TAKEN -> Optional.of(new Answer.Answered(responded.response().body()));
            case NOT_ME -> Optional.empty();
            case FAILED -> Optional.of(new Answer.Unreachable());
          };
      case Outcome.Nobody _ -> Optional.empty();
      case Outcome.Silent _, Outcome.Foreign _ -> Optional.of(new Answer.Unreachable());
    };
  }

  private PeerRequest request(PeerRequest.Kind kind, ReplicaId to, String topic, byte[] message) {
    return new PeerRequest(kind, clock.instant(), Optional.of(to), topic, message);
  }

  @Override
  public void publish(String topic, byte[] message) {
    Handlers.requireSendable(message);
    tellOthers(new Outbox.Told(PeerRequest.Kind.MESSAGE, topic, message.clone()));
    handlers.take(topic, message);
  }

  private void tellOthers(Outbox.Told told) {
    Set<ReplicaId> ids = members.ids();
    outboxes.keySet().retainAll(ids);
    ids.forEach(
        id -> outboxes.computeIfAbsent(id, _ -> new Outbox(id, one -> deliver(id, one))).add(told));
  }

  private boolean deliver(ReplicaId receiver, Outbox.Told told) throws InterruptedException {
    Optional<PeerAddress> address = members.addressOf(receiver);
    if (address.isEmpty()) {
      return false;
    }
    Outcome outcome =
        calls.send(address.get(), request(told.kind(), receiver, told.topic(), told.message()));
    members.heard(address.get(), outcome);
    return switch (outcome) {
      case Outcome.Responded responded ->
          responded.response().status() != PeerResponse.Status.NOT_ME;
      case Outcome.Nobody _ -> false;
      case Outcome.Silent _, Outcome.Foreign _ -> true;
    };
  }

  @Override
  public void handle(String topic, Handler handler) {
    handlers.put(topic, handler);
  }

  /// Ends without a word, as when the process is killed.
  void stopSilently() {
    greetings.close();
    calls.close();
  }

  /// Tells what is still to be told, and goodbye; who has not taken it in time will find out.
  @Override
  public void close() {
    greetings.close();
    tellOthers(new Outbox.Told(PeerRequest.Kind.GOODBYE, "", new byte[0]));
    long deadline = System.nanoTime() + timers.leave().toNanos();
    try {
      for (Outbox outbox : outboxes.values()) {
        outbox.awaitEmpty(Duration.ofNanos(deadline - System.nanoTime()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    calls.close();
  }
}
