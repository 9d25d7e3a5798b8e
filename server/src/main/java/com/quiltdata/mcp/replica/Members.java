package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who runs where, as far as this replica has heard. Thread-safe, never blocks.
///
/// An address is configured, or learned from a greeting. What is known of it is what was heard
/// last.
final class Members {
  /// So many addresses may be learned.
  static final int MAX_LEARNED = Greeting.MAX_PEERS;

  private static final int MAX_LEFT = 256;

  private enum State {
    UNSEEN,
    HERE,
    NOBODY,
    SILENT,
    FOREIGN,
    SELF
  }

  private static final class Member {
    private boolean isConfigured;
    private State state = State.UNSEEN;
    private @Nullable ReplicaId id;
    private long heard = System.nanoTime();
  }

  private final EventLog log = EventLog.named("replica");
  private final ReplicaId self;
  private final Duration memory;
  private final Map<PeerAddress, Member> members = new LinkedHashMap<>();

  /// Those who said goodbye: what comes late must not bring them back.
  private final LinkedHashSet<ReplicaId> left = new LinkedHashSet<>();

  /// When an address last found no room.
  private OptionalLong crowded = OptionalLong.empty();

  Members(ReplicaId self, Duration memory) {
    this.self = self;
    this.memory = memory;
  }

  /// Replaces the configured addresses.
  synchronized void configure(Collection<PeerAddress> addresses) {
    members.forEach((address, member) -> member.isConfigured = addresses.contains(address));
    addresses.forEach(
        address -> members.computeIfAbsent(address, _ -> new Member()).isConfigured = true);
  }

  /// Notes addresses that another replica named, while there is room.
  synchronized void learn(Collection<PeerAddress> addresses) {
    addresses.forEach(this::learned);
    if (addresses.size() >= Greeting.MAX_PEERS) {
      // Perhaps the rest was left out.
      crowd();
    }
  }

  private Optional<Member> learned(PeerAddress address) {
    Member known = members.get(address);
    if (known == null && hasRoom()) {
      known = new Member();
      members.put(address, known);
    }
    return Optional.ofNullable(known);
  }

  private boolean hasRoom() {
    boolean hasRoom =
        members.values().stream().filter(member -> !member.isConfigured).count() < MAX_LEARNED;
    if (!hasRoom) {
      crowd();
    }
    return hasRoom;
  }

  private void crowd() {
    if (knowsAll()) {
      log.event(
          Level.WARNING,
          "replica.crowded",
          LogFields.of(
              "warning",
              "there are more replicas than the "
                  + MAX_LEARNED
                  + " that find each other; what is of another one, a task for example, may not be found, and news may not arrive"));
    }
    crowded = OptionalLong.of(System.nanoTime());
  }

  /// Whether there was room of late for everybody who was heard of.
  synchronized boolean knowsAll() {
    return crowded.isEmpty() || System.nanoTime() - crowded.getAsLong() > memory.toNanos();
  }

  /// Another replica greeted this one, and listens at an address.
  synchronized void greetedBy(ReplicaId id, PeerAddress address) {
    if (id.equals(self) || left.contains(id)) {
      return;
    }
    Optional<Member> elsewhere =
        members.values().stream().filter(member -> isHere(member, id)).findFirst();
    if (elsewhere.isPresent()) {
      elsewhere.get().heard = System.nanoTime();
    } else {
      learned(address).ifPresent(member -> here(address, member, id));
    }
  }

  /// Something came of a request to an address.
  synchronized void heard(PeerAddress address, Outcome outcome) {
    Member member = members.get(address);
    if (member == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Responded responded when responded.from().equals(self) ->
          turn(address, member, State.SELF, null);
      case Outcome.Responded responded when left.contains(responded.from()) ->
          turn(address, member, State.NOBODY, null);
      case Outcome.Responded responded -> here(address, member, responded.from());
      case Outcome.Nobody _ -> turn(address, member, State.NOBODY, null);
      case Outcome.Silent _ -> turn(address, member, State.SILENT, member.id);
      case Outcome.Foreign _ -> turn(address, member, State.FOREIGN, member.id);
    }
  }

  private void here(PeerAddress address, Member member, ReplicaId id) {
    member.heard = System.nanoTime();
    turn(address, member, State.HERE, id);
  }

  private void turn(PeerAddress address, Member member, State state, @Nullable ReplicaId id) {
    State before = member.state;
    ReplicaId idBefore = member.id;
    member.state = state;
    member.id = id;
    if (idBefore != null && !idBefore.equals(id)) {
      log.event(Level.INFO, "replica.left", fields(address).with("replica", idBefore.text()));
    }
    if (id != null && !id.equals(idBefore)) {
      log.event(Level.INFO, "replica.joined", fields(address).with("replica", id.text()));
    }
    if (state != before && state == State.SILENT) {
      log.event(Level.WARNING, "replica.silent", fields(address));
    }
    if (state != before && state == State.FOREIGN) {
      log.event(
          Level.WARNING,
          "replica.foreign",
          fields(address)
              .with(
                  "warning",
                  "the peer takes no messages from here; MCP_STATE_SECRET must be the same, and clocks within a minute"));
    }
  }

  private static LogFields fields(PeerAddress address) {
    return LogFields.of("address", address.toString());
  }

  /// A replica said goodbye.
  synchronized void left(ReplicaId id) {
    left.add(id);
    if (left.size() > MAX_LEFT) {
      left.removeFirst();
    }
    members.forEach((address, member) -> {
      if (id.equals(member.id)) {
        turn(address, member, State.NOBODY, null);
      }
    });
    members.values().removeIf(member -> !member.isConfigured && member.state == State.NOBODY);
  }

  synchronized boolean hasLeft(ReplicaId id) {
    return left.contains(id);
  }

  /// Forgets who was learned and has long been silent, and where nobody is configured any more.
  synchronized void forgetSilent() {
    long now = System.nanoTime();
    members
        .entrySet()
        .removeIf(entry -> {
          Member member = entry.getValue();
          boolean isOver = !member.isConfigured && now - member.heard > memory.toNanos();
          if (isOver) {
            turn(entry.getKey(), member, State.NOBODY, null);
          }
          return isOver;
        });
  }

  /// All addresses but those of this replica.
  synchronized List<PeerAddress> addresses() {
    return members.entrySet().stream()
        .filter(entry -> entry.getValue().state != State.SELF)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Where a replica was heard, best where it answered last.
  synchronized Optional<PeerAddress> addressOf(ReplicaId id) {
    return members.entrySet().stream()
        .filter(entry -> id.equals(entry.getValue().id))
        .min(Comparator.comparing(entry -> !isHere(entry.getValue(), id)))
        .map(Map.Entry::getKey);
  }

  /// The other replicas.
  synchronized Set<ReplicaId> ids() {
    Set<ReplicaId> ids = new LinkedHashSet<>();
    members.values().stream().map(member -> member.id).filter(Objects::nonNull).forEach(ids::add);
    return ids;
  }

  /// Where other replicas are, for one of them.
  synchronized List<PeerAddress> toTell(ReplicaId listener) {
    return members.entrySet().stream()
        .filter(
            entry -> entry.getValue().state == State.HERE && !isHere(entry.getValue(), listener))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isHere(Member member, ReplicaId id) {
    return member.state == State.HERE && id.equals(member.id);
  }
}
