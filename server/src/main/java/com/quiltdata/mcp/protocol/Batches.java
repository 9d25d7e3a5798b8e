package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Takes several messages in one array, in the revisions that have them: each member is answered as
/// if it stood alone, one after the other, and all answers are one array. Thread-safe.
final class Batches {
  private static final int MAX_MEMBERS = 50;

  private final Reception reception;
  private final Execution execution;

  Batches(Reception reception, Execution execution) {
    this.reception = reception;
    this.execution = execution;
  }

  Outcome take(ArrayNode batch, Incoming incoming) {
    ProtocolVersion version = reception.version(incoming);
    try {
      requireGood(batch, version, incoming);
    } catch (RpcException e) {
      return execution.refused(e, version, Optional.empty());
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode member : batch) {
      outcomes.add(
          standsAlone(member, incoming)
              ? execution.refused(
                  invalid("this message stands alone, not in a batch"), version, Message.id(member))
              : reception.take(incoming.with(member)));
    }
    Optional<Outcome> needsScope =
        outcomes.stream()
            .flatMap(
                one -> one instanceof Outcome.NeedsScope needs ? Stream.of(needs) : Stream.empty())
            .max(Comparator.comparing(Outcome.NeedsScope::level))
            .map(most -> most);
    if (needsScope.isPresent()) {
      return needsScope.get();
    }
    if (outcomes.stream().allMatch(Batches::hasNoAnswer)) {
      return new Outcome.Answered(new Reply.Accepted());
    }
    RequestId first =
        batch
            .valueStream()
            .map(Message::id)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(new RequestId.Text(""));
    return new Outcome.Work(
        first, batch.size(), false, false, outbox -> answerAll(outcomes, outbox));
  }

  private void requireGood(ArrayNode batch, ProtocolVersion version, Incoming incoming) {
    if (!version.has(Feature.BATCH)
        || incoming.headers().filter(Batches::hasRoutingHeader).isPresent()) {
      throw invalid("batches exist in revision 2025-03-26 only");
    }
    // All of it belongs to one session, or to none.
    reception.session(incoming);
    if (batch.isEmpty()) {
      throw invalid("the batch is empty");
    }
    if (batch.size() > MAX_MEMBERS) {
      throw invalid("a batch holds at most %d messages".formatted(MAX_MEMBERS));
    }
    if (batch.valueStream().noneMatch(Batches::isMessage)) {
      throw invalid("the batch holds no message");
    }
  }

  private static boolean standsAlone(JsonNode member, Incoming incoming) {
    return member.path("method").asString("").equals("initialize")
        || StatelessLadder.isMeant(member, incoming.headers());
  }

  private static RpcException invalid(String text) {
    return new RpcException(ErrorCode.INVALID_REQUEST, "Invalid request: " + text);
  }

  private static boolean hasRoutingHeader(Headers headers) {
    return !headers.values("Mcp-Method").isEmpty() || !headers.values("Mcp-Name").isEmpty();
  }

  private static boolean isMessage(JsonNode member) {
    try {
      return Message.of(member) != null;
    } catch (RpcException e) {
      return false;
    }
  }

  private static boolean hasNoAnswer(Outcome outcome) {
    return outcome instanceof Outcome.Cancels
        || (outcome instanceof Outcome.Answered(Reply reply) && reply instanceof Reply.Accepted);
  }

  private static Reply answerAll(List<Outcome> outcomes, Outbox outbox) {
    List<byte[]> answers = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Reply reply =
          switch (outcome) {
            case Outcome.Answered answered -> answered.reply();
            case Outcome.Work work -> work.task().run(outbox);
            case Outcome.NeedsToken _, Outcome.NeedsScope _, Outcome.Cancels _ ->
                new Reply.Accepted();
          };
      switch (reply) {
        case Reply.Json answer -> answers.add(answer.json());
        case Reply.Accepted _ -> {
          // a notification has no answer
        }
      }
    }
    return new Reply.Json(200, JsonArrays.join(answers));
  }
}
