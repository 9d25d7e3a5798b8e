package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests of this server to clients of the revisions up to 2025-11-25, on the stream of the call
/// that needs the answer. The answer is a request of its own and may reach any replica: its id
/// names the replica that waits, is signed, and is good for the caller of that call alone.
///
/// Thread-safe.
final class Questions {
  private static final String TOPIC = "answer";

  /// Stands for an answer that is too large to be handed on.
  private static final byte[] UNREADABLE =
      "{\"error\":{\"code\":-32600}}".getBytes(StandardCharsets.US_ASCII);

  private static final int REPLICA_CHARS = 8;
  private static final int ID_BYTES = REPLICA_CHARS + Long.BYTES;

  /// What waits: each holds a thread and the memory of its call, but no place in work.
  private static final int MAX_WAITING = 256;

  private static final int MAX_WAITING_OF_ONE = 16;

  /// How often it is seen whether the client is still there.
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final SecureRandom random = new SecureRandom();
  private final Map<Long, BlockingQueue<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Places places = new Places("questions", MAX_WAITING, MAX_WAITING_OF_ONE);
  private final Signer signer;
  private final Replicas replicas;
  private final RevisionWriter writer;
  private final Duration patience;

  /// One question on its way.
  ///
  /// @param id of the request to the client
  /// @param key by which its answer finds it here
  /// @param answer is put here, once
  private record Question(String id, long key, BlockingQueue<JsonNode> answer) {}

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
  /// @throws Fault when the client answers with an error, or not in time, or has left
  /// @throws RpcException when too many calls wait already
  ObjectNode ask(Call call, Map<String, InputRequest> requests) {
    Map<String, Question> questions = new LinkedHashMap<>();
    try (Places.Place _ = places.take(call.caller().principal())) {
      requests.forEach((name, request) -> questions.put(name, sent(call, request)));
      return call.outbox().away(() -> await(call, questions));
    } catch (Fault fault) {
      questions.values().forEach(question -> takeBack(call, question));
      throw fault;
    } finally {
      questions.values().forEach(question -> waiting.remove(question.key()));
    }
  }

  private Question sent(Call call, InputRequest request) {
    long key = random.nextLong();
    Question question = new Question(id(call, key), key, new ArrayBlockingQueue<>(1));
    waiting.put(key, question.answer());
    call.outbox().send(writer.request(call.version(), question.id(), request));
    return question;
  }

  /// Tells the client that nobody waits for its answer any more.
  private void takeBack(Call call, Question question) {
    if (waiting.containsKey(question.key()) && question.answer().isEmpty()) {
      ObjectNode params = StrictJson.NODES.objectNode().put("requestId", question.id());
      call.outbox().send(writer.notification("notifications/cancelled", params));
    }
  }

  private ObjectNode await(Call call, Map<String, Question> questions) {
    ObjectNode responses = StrictJson.NODES.objectNode();
    long end = System.nanoTime() + patience.toNanos();
    for (Map.Entry<String, Question> entry : questions.entrySet()) {
      JsonNode message = await(call, entry.getValue(), end);
      if (message.has("error")) {
        throw new Fault(
            FaultCode.INPUT_REQUIRED,
            "The client answered the question with error %d"
                .formatted(message.path("error").path("code").asInt(0)));
      }
      responses.set(entry.getKey(), message.path("result"));
    }
    return responses;
  }

  private JsonNode await(Call call, Question question, long end) {
    try {
      while (call.outbox().reachesClient()) {
        long left = end - System.nanoTime();
        JsonNode message =
            question.answer().poll(Math.min(left, GLANCE.toNanos()), TimeUnit.NANOSECONDS);
        if (message != null) {
          waiting.remove(question.key());
          return message;
        }
        if (left <= 0) {
          throw new Fault(
              FaultCode.INPUT_REQUIRED,
              "The client did not answer within %d seconds".formatted(patience.toSeconds()));
        }
      }
      throw new Fault(FaultCode.INPUT_REQUIRED, "The client left before it answered");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
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
          ReplicaId.parse(new String(owner, StandardCharsets.US_ASCII))
              .ifPresent(replica -> replicas.ask(replica, TOPIC, handedOver(key, response)));
        });
  }

  /// The key, and the answer as it came.
  private byte[] handedOver(long key, Message.Response response) {
    byte[] answer = json.write(response.body());
    if (answer.length > Replicas.MAX_MESSAGE_BYTES - Long.BYTES) {
      answer = UNREADABLE;
    }
    return ByteBuffer.allocate(Long.BYTES + answer.length).putLong(key).put(answer).array();
  }

  private byte[] handedOn(byte[] message) {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    Optional.ofNullable(waiting.get(buffer.getLong()))
        .ifPresent(queue -> {
          byte[] answer = new byte[buffer.remaining()];
          buffer.get(answer);
          queue.offer(read(answer));
        });
    return new byte[0];
  }

  private JsonNode read(byte[] answer) {
    try {
      return json.read(answer);
    } catch (MalformedJsonException _) {
      return json.read(UNREADABLE);
    }
  }
}
