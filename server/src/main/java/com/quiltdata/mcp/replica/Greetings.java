package com.quiltdata.mcp.replica;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Greets the other replicas all the time, so that each knows who runs. Thread-safe.
final class Greetings implements AutoCloseable {
  private final Members members;
  private final PeerNames names;
  private final PeerCalls calls;
  private final PeerTimers timers;
  private final InstantSource clock;
  private final ReentrantLock rounds = new ReentrantLock();
  private final Set<PeerAddress> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int port;
  private volatile boolean knowsNames;
  private volatile long namesAsked = System.nanoTime();
  private long roundStarted;
  private boolean roundComplete;

  Greetings(
      Members members, PeerNames names, PeerCalls calls, PeerTimers timers, InstantSource clock) {
    this.members = members;
    this.names = names;
    this.calls = calls;
    this.timers = timers;
    this.clock = clock;
  }

  /// Greets everybody for the first time, then again and again in the background.
  ///
  /// @param ownPort where this replica listens
  void start(int ownPort) throws InterruptedException {
    port = ownPort;
    round(timers.start());
    Thread.ofPlatform().daemon().name("replica-greetings").start(this::keepGreeting);
  }

  private void keepGreeting() {
    try {
      while (!closed.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
        members.forgetSilent();
        if (System.nanoTime() - namesAsked > timers.names().toNanos()) {
          namesAsked = System.nanoTime();
          Thread.ofVirtual().start(this::lookUp);
        }
        members.addresses().stream()
            .filter(underWay::add)
            .forEach(address -> Thread.ofVirtual().start(() -> greetOnce(address)));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Replicas that were started together do not stay in step.
  private long pauseMillis() {
    long pause = timers.pauseAmong(members.addresses().size()).toMillis();
    return ThreadLocalRandom.current().nextLong(pause * 3 / 4, pause * 5 / 4 + 1);
  }

  private void greetOnce(PeerAddress address) {
    try {
      greet(address);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.remove(address);
    }
  }

  private void lookUp() {
    PeerNames.Found found = names.lookUp();
    members.configure(found.addresses());
    knowsNames = found.isComplete();
  }

  private Outcome greet(PeerAddress address) throws InterruptedException {
    PeerRequest hello =
        new PeerRequest(
            PeerRequest.Kind.HELLO,
            clock.instant(),
            Optional.empty(),
            "",
            Greeting.from(port).bytes());
    Outcome outcome = calls.greet(address, hello);
    members.heard(address, outcome);
    if (outcome instanceof Outcome.Responded responded) {
      members.learn(Greeting.read(responded.response().body()).peers());
    }
    return outcome;
  }

  /// Greets everybody, also those that are named meanwhile, unless others just did.
  ///
  /// @param since a moment of [System#nanoTime]: a round that began later will do
  /// @return whether it is known of every address who is there
  /// @throws InterruptedException when interrupted while waiting
  boolean roundSince(long since) throws InterruptedException {
    rounds.lockInterruptibly();
    try {
      if (roundStarted == 0 || roundStarted - since < 0) {
        roundStarted = System.nanoTime();
        roundComplete = round(timers.greeting());
      }
      return roundComplete;
    } finally {
      rounds.unlock();
    }
  }

  private boolean round(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Thread lookUp = Thread.ofVirtual().start(this::lookUp);
    boolean complete = lookUp.join(limit) && knowsNames;
    Set<PeerAddress> greeted = new HashSet<>();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      while (true) {
        List<Callable<Outcome>> wave = new ArrayList<>();
        members.addresses().stream()
            .filter(greeted::add)
            .forEach(address -> wave.add(() -> greet(address)));
        if (wave.isEmpty()) {
          return complete;
        }
        long left = Math.max(0, deadline - System.nanoTime());
        for (Future<Outcome> one : tasks.invokeAll(wave, left, TimeUnit.NANOSECONDS)) {
          complete &= isSettled(one);
        }
      }
    }
  }

  private static boolean isSettled(Future<Outcome> greeting) throws InterruptedException {
    try {
      return switch (greeting.get()) {
        case Outcome.Responded _, Outcome.Nobody _ -> true;
        case Outcome.Silent _, Outcome.Foreign _ -> false;
      };
    } catch (ExecutionException | CancellationException _) {
      return false;
    }
  }

  /// Greets nobody any more.
  @Override
  public void close() {
    closed.countDown();
  }
}
