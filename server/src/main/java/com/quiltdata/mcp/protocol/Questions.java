package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.Signer;
import com.quiltdata.mcp.state.StateKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Requests of this server to clients of the revisions up to 2025-11-25, on the stream of the call
/// that needs the answer. The answer is a request of its own and may reach any replica: its id
/// names the replica that waits, is signed, and is good for the caller of that call alone.
///
/// Thread-safe.
final class Questions {
  private static final String TOPIC = "answer";
  private static final int REPLICA_CHARS = 8;
  private static final int ID_BYTES = REPLICA_CHARS + Long.BYTES;

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, BlockingQueue<ObjectNode>> waiting = new ConcurrentHashMap<>();
  private final Signer signer;
  private final Replicas replicas;
  private final RevisionWriter writer;
  private final Duration patience;

  /// A place for questions.
  ///
  /// @param keys shared by all replicas
  /// @param replicas to whom answers are handed on
  /// @param writer words questions for the revision
  /// @param patience how long a person may take
  Questions(StateKeys keys, Replicas replicas, RevisionWriter writer, Duration patience) {
    this.signer = new Signer(keys, "request id", "r1");
    this.replicas = replicas;
    this.writer = writer;
    this.patience = patience;
    replicas.handle(TOPIC, this::handedOn);
  }

  /// What the client of a call can be asked here: nothing, where its answer could reach a replica
  /// that cannot hand it on.
  Set<ClientCapability> askable(Call call) {
    return replicas.reachesAll() && call.outbox().reachesClient() ? call.capabilities() : Set.of();
  }

  /// Asks, and waits until all is answered. Waiting for a person is no work: the place in work is
  /// given back meanwhile.
  ///
  /// @return the results by key
  /// @throws Fault when the client answers with an error, or not in time
  ObjectNode ask(Call call, Map<String, InputRequest> requests) {
    Map<String, Long> keys = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, InputRequest> request : requests.entrySet()) {
        long key = random.nextLong();
        keys.put(request.getKey(), key);
        waiting.put(key, new ArrayBlockingQueue<>(1));
        call.outbox().send(writer.request(call.version(), id(call, key), request.getValue()));
      }
      return call.outbox().away(() -> await(keys));
    } finally {
      keys.values().forEach(waiting::remove);
    }
  }

  private ObjectNode await(Map<String, Long> keys) {
    ObjectNode responses = StrictJson.NODES.objectNode();
    long end = System.nanoTime() + patience.toNanos();
    for (Map.Entry<String, Long> entry : keys.entrySet()) {
      try {
        BlockingQueue<ObjectNode> queue =
            Optional.ofNullable(waiting.get(entry.getValue())).orElseThrow();
        ObjectNode message = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (message == null) {
          throw new Fault(
              FaultCode.INPUT_REQUIRED,
              "The client did not answer within %d seconds".formatted(patience.toSeconds()));
        }
        if (message.has("error")) {
          throw new Fault(
              FaultCode.INPUT_REQUIRED,
              "The client answered the question with error %d"
                  .formatted(message.path("error").path("code").asInt(0)));
        }
        responses.set(entry.getKey(), message.path("result"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
      }
    }
    return responses;
  }

  private String id(Call call, long key) {
    byte[] content =
        ByteBuffer.allocate(ID_BYTES)
            .put(replicas.self().text().getBytes(StandardCharsets.US_ASCII))
            .putLong(key)
            .array();
    return signer.sign(content, call.caller().principal());
  }

  /// Takes an answer to wherever it is waited for. One that is late, forged or somebody else's is
  /// dropped: its sender is told nothing.
  void answer(Message.Response response, Caller caller) {
    if (!(response.id() instanceof RequestId.Text(String id))) {
      return;
    }
    signer
        .read(id, caller.principal())
        .filter(content -> content.length == ID_BYTES)
        .ifPresent(content -> {
          ByteBuffer buffer = ByteBuffer.wrap(content);
          byte[] owner = new byte[REPLICA_CHARS];
          long key = buffer.get(owner).getLong();
          ObjectNode envelope = StrictJson.NODES.objectNode().put("key", key);
          envelope.set("message", response.body());
          byte[] message = json.write(envelope);
          ReplicaId.parse(new String(owner, StandardCharsets.US_ASCII))
              .filter(_ -> message.length <= Replicas.MAX_MESSAGE_BYTES)
              .ifPresent(replica -> replicas.ask(replica, TOPIC, message));
        });
  }

  private byte[] handedOn(byte[] envelope) {
    if (json.read(envelope) instanceof ObjectNode object
        && object.path("message") instanceof ObjectNode message) {
      Optional.ofNullable(waiting.get(object.path("key").asLong(0)))
          .ifPresent(queue -> queue.offer(message));
    }
    return new byte[0];
  }
}
