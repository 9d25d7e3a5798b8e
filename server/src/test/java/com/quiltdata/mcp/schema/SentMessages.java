package com.quiltdata.mcp.schema;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// One exchange between a client and the server, or a whole conversation: every message that the
/// server sends is held to the schema of the revision in which it was asked for. Thread-safe.
///
/// The revision is found as a client would know it, not as the server does: from the body, the
/// header, what was agreed on. What is wrong is told by [SentMessagesReport].
public final class SentMessages {
  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(200, 1_000_000, 200, 1 << 20));
  private static final StrictJson SERVER = new StrictJson(JsonLimits.DEFAULT);
  private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final String STATELESS = "2026-07-28";
  private static final String ASSUMED = "2025-03-26";
  private static final Set<String> REVISIONS =
      Set.of("2024-11-05", ASSUMED, "2025-06-18", "2025-11-25", STATELESS);

  /// @param id as JSON text; empty when there is none that could be read
  private record Asked(Optional<String> id, String method, String revision) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile String agreed;

  private SentMessages(Optional<String> revision) {
    this.agreed = revision.map(name -> REVISIONS.contains(name) ? name : STATELESS).orElse(ASSUMED);
  }

  /// One exchange.
  ///
  /// @param body what the client sends
  /// @param revision what the header `MCP-Protocol-Version` says, or was agreed on before
  public static SentMessages inReplyTo(byte[] body, Optional<String> revision) {
    SentMessages messages = new SentMessages(revision);
    messages.asks(body);
    return messages;
  }

  /// A connection, or an exchange after exchange with the same client.
  public static SentMessages conversation() {
    return new SentMessages(Optional.empty());
  }

  /// The revision of what does not tell its own.
  public String agreed() {
    return agreed;
  }

  /// The client sends this.
  public void asks(byte[] body) {
    JsonNode json = read(JSON, body).orElseGet(StrictJson.NODES::nullNode);
    if (json.isArray()) {
      json.forEach(this::asks);
    }
    asks(json);
    if (read(SERVER, body).isEmpty()) {
      // It is over a limit, and the answer may know nothing of it, not even its id.
      asks(StrictJson.NODES.nullNode());
    }
  }

  private void asks(JsonNode message) {
    JsonNode id = message.path("id");
    boolean isReadable = id.isString() || id.isIntegralNumber();
    asked.add(
        new Asked(
            isReadable ? Optional.of(id.toString()) : Optional.empty(),
            message.path("method").asString(""),
            message.path("params").path("_meta").has(META_VERSION) ? STATELESS : agreed));
  }

  /// The server sends this.
  public void hears(byte[] body) {
    UsedSecrets.links(new String(body, StandardCharsets.UTF_8));
    Optional<JsonNode> json = read(JSON, body);
    if (json.isEmpty()) {
      SentMessagesReport.add(agreed, "JSON", body, List.of("it is no JSON"));
    } else if (json.get().isArray()) {
      hearsBatch(json.get(), body);
    } else {
      hears(json.get(), body);
    }
  }

  /// A message may be told to come again before anybody has read its id.
  private static boolean isSentAway(JsonNode message) {
    return message.path("error").path("data").path("retryable").asBoolean(false)
        && !message.has("id");
  }

  private void hearsBatch(JsonNode batch, byte[] body) {
    RevisionSchema.of(agreed)
        .ifPresent(schema ->
            SentMessagesReport.add(
                agreed,
                "JSONRPCBatchResponse",
                body,
                batch.isEmpty()
                    ? List.of("an empty batch is no answer")
                    : schema.has("JSONRPCBatchResponse")
                        ? List.of()
                        : List.of("this revision has no batches")));
    batch.forEach(message -> hears(message, body));
  }

  private void hears(JsonNode message, byte[] body) {
    if (message.has("method")) {
      RevisionSchema.of(agreed).ifPresent(schema -> hearsFirst(schema, message, body));
      return;
    }
    boolean isSentAway = isSentAway(message);
    List<Asked> candidates =
        asked.stream()
            .map(
                one -> isSentAway ? new Asked(Optional.empty(), one.method(), one.revision()) : one)
            .filter(one ->
                one.id()
                    .map(id -> id.equals(message.path("id").toString()))
                    .orElseGet(() -> !message.has("id") || message.path("id").isNull()))
            .toList();
    List<String> problems = List.of("nobody asked for it");
    String revision = agreed;
    String definition = "JSONRPCResponse";
    for (Asked one : candidates) {
      boolean isAgreement = one.method().equals("initialize") && message.has("result");
      revision =
          isAgreement
              ? message.path("result").path("protocolVersion").asString("")
              : one.revision();
      if (!REVISIONS.contains(revision)) {
        problems = List.of("it agrees on a revision that does not exist");
        continue;
      }
      Optional<RevisionSchema> schema = RevisionSchema.of(revision);
      if (schema.isEmpty()) {
        return;
      }
      ResponseRules rules = new ResponseRules(schema.get(), revision, one.method());
      definition = rules.definition(message);
      problems = rules.problems(message, one.id().isPresent());
      if (problems.isEmpty()) {
        agreed = isAgreement ? revision : agreed;
        break;
      }
    }
    SentMessagesReport.add(revision, definition, body, problems);
  }

  /// What the server says of its own accord: notifications, and requests where it has them.
  private void hearsFirst(RevisionSchema published, JsonNode message, byte[] body) {
    // Belongs to the request at work, which may be of another revision than the connection.
    List<String> revisions = asked.stream().map(Asked::revision).distinct().toList();
    List<String> problems = new ArrayList<>();
    String revision = agreed;
    String definition = message.path("method").asString("");
    for (String candidate : revisions.isEmpty() ? List.of(agreed) : revisions.reversed()) {
      RevisionSchema schema = RevisionSchema.of(candidate).orElse(published);
      revision = candidate;
      definition = schema.ofMethod(message.path("method").asString("")).orElse(definition);
      problems.clear();
      String kind = message.has("id") ? "ServerRequest" : "ServerNotification";
      if (!schema.choices(kind).contains(definition)) {
        problems.add("the %s of %s do not have it".formatted(kind, candidate));
      } else {
        problems.addAll(
            schema.problems(message.has("id") ? "JSONRPCRequest" : "JSONRPCNotification", message));
        problems.addAll(schema.problems(definition, message));
      }
      if (problems.isEmpty()) {
        break;
      }
    }
    SentMessagesReport.add(revision, definition, body, problems);
  }

  private static Optional<JsonNode> read(StrictJson reader, byte[] body) {
    try {
      return Optional.of(reader.read(body));
    } catch (MalformedJsonException _) {
      return Optional.empty();
    }
  }
}
