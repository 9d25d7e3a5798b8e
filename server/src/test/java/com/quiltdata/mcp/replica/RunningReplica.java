package com.quiltdata.mcp.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpServer;
import com.quiltdata.mcp.transport.http.PeerRoute;
import com.quiltdata.mcp.transport.http.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A replica with a real server on a port of its own. The topic `echo` is answered, what comes
/// under `news` is kept.
final class RunningReplica implements AutoCloseable {
  static final String SECRET = UsedSecrets.named("of replicas");

  /// Greets often; time-outs are for a loaded machine.
  static final PeerTimers LIVELY =
      new PeerTimers(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(40),
          Duration.ZERO,
          Duration.ofMillis(40),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  /// Greets at the start only, and soon gives up waiting for a greeting or an answer.
  static final PeerTimers IMPATIENT =
      new PeerTimers(
          Duration.ofSeconds(2),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(800),
          Duration.ofMillis(400),
          Duration.ofHours(1),
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  /// Greets at the start and when it must.
  static final PeerTimers QUIET =
      new PeerTimers(
          LIVELY.connect(),
          LIVELY.answer(),
          LIVELY.greeting(),
          LIVELY.start(),
          LIVELY.leave(),
          Duration.ofHours(1),
          Duration.ZERO,
          Duration.ofHours(1),
          LIVELY.memory(),
          LIVELY.skew());

  final ReplicaId id = ReplicaId.random(new SecureRandom());
  final List<String> news = new CopyOnWriteArrayList<>();
  final PeerReplicas replicas;
  private final HttpServer server;
  private final int port;

  private RunningReplica(
      PeerTimers timers, InstantSource clock, SealingKeys keys, int listenOn, List<String> peers) {
    this.replicas =
        new PeerReplicas(
            id, peers.stream().map(PeerName::parse).toList(), listenOn, keys, timers, clock);
    replicas.handle("echo", message -> (id + " heard " + text(message)).getBytes(UTF_8));
    replicas.handle(
        "news",
        message -> {
          news.add(text(message));
          return new byte[0];
        });
    Readiness readiness = new Readiness();
    readiness.markReady();
    HttpConfig config =
        HttpConfig.defaults().withAddress("127.0.0.1", listenOn).withDrain(DrainTimers.immediate());
    this.server =
        new HttpServer(config, readiness, Map.of(PeerRoute.PATH, new PeerRoute(replicas)), _ -> {});
    server.start();
    this.port = server.port();
  }

  /// One that has not greeted anybody.
  static RunningReplica deaf(InstantSource clock, String... secrets) {
    return new RunningReplica(
        LIVELY, clock, SealingKeys.of(List.of(secrets)), 0, List.of("127.0.0.1:1"));
  }

  static RunningReplica start(PeerTimers timers, String... peers) {
    return startOn(0, timers, peers);
  }

  static RunningReplica startOn(int port, PeerTimers timers, String... peers) {
    RunningReplica replica =
        new RunningReplica(
            timers,
            InstantSource.system(),
            SealingKeys.of(List.of(SECRET)),
            port,
            Arrays.asList(peers));
    replica.replicas.start(replica.port);
    return replica;
  }

  static RunningReplica withSecrets(List<String> secrets, String... peers) {
    RunningReplica replica =
        new RunningReplica(
            LIVELY, InstantSource.system(), SealingKeys.of(secrets), 0, Arrays.asList(peers));
    replica.replicas.start(replica.port);
    return replica;
  }

  static String text(byte[] message) {
    return new String(message, UTF_8);
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /// What another replica's echo says, or what else came of it.
  String ask(ReplicaId other) {
    return inWords(replicas.ask(other, "echo", "hello".getBytes(UTF_8)));
  }

  static String inWords(Answer answer) {
    return switch (answer) {
      case Answer.Answered answered -> text(answered.message());
      case Answer.Gone _ -> "gone";
      case Answer.Unreachable _ -> "unreachable";
    };
  }

  boolean knows(RunningReplica other) {
    return replicas.others().contains(other.id);
  }

  void publish(String text) {
    replicas.publish("news", text.getBytes(UTF_8));
  }

  /// Sends something to the port as anybody could.
  HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://" + address() + PeerRoute.PATH))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /// Ends like a process that is killed: nobody is told.
  void kill() {
    server.stop();
    replicas.stopSilently();
  }

  /// Ends as a replica should.
  void leave() {
    replicas.close();
    server.stop();
  }

  @Override
  public void close() {
    leave();
  }
}
