package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a session wished after its opening, which its id cannot hold: a log level, resources to
/// hear of. Every replica notes it, and one that does not know a session asks the others. Comfort,
/// not truth: a note that is lost makes a client hear the default.
///
/// Thread-safe.
final class SessionNotes {
  private static final String TOPIC = "session";
  private static final int MAX_SESSIONS = 10_000;
  private static final int MAX_URIS = 10_000;
  private static final int MAX_URIS_OF_ONE = 100;

  private static final class Note {
    private boolean isAsked;
    private Optional<LogLevel> level = Optional.empty();
    private final Set<String> uris = new LinkedHashSet<>();
  }

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final Replicas replicas;

  /// By key, the one used longest ago first.
  private final Map<String, Note> notes = new LinkedHashMap<>(16, 0.75f, true);

  private int uriCount;

  SessionNotes(Replicas replicas) {
    this.replicas = replicas;
    replicas.handle(TOPIC, this::heard);
  }

  /// The least level of log messages that a session wants.
  Optional<LogLevel> level(Session session) {
    askForUnknown(session.key());
    synchronized (notes) {
      return note(session.key()).level;
    }
  }

  /// Whether a session wants to hear of a resource.
  boolean wants(String key, String uri) {
    synchronized (notes) {
      return Optional.ofNullable(notes.get(key))
          .filter(note -> note.uris.contains(uri))
          .isPresent();
    }
  }

  void setLevel(Session session, LogLevel level) {
    tell(message(session.key()).put("level", level.wire()));
  }

  /// Notes a wish to hear of a resource.
  ///
  /// @return false when the session has too many
  boolean subscribe(Session session, String uri) {
    synchronized (notes) {
      if (note(session.key()).uris.size() >= MAX_URIS_OF_ONE) {
        return false;
      }
    }
    ObjectNode message = message(session.key());
    message.putArray("add").add(uri);
    tell(message);
    return true;
  }

  void unsubscribe(Session session, String uri) {
    tell(message(session.key()).put("remove", uri));
  }

  /// Asks the others once about a session that is new here. To have heard a wish of it is not to
  /// know all of them.
  void askForUnknown(String key) {
    synchronized (notes) {
      Note note = note(key);
      if (note.isAsked) {
        return;
      }
      note.isAsked = true;
    }
    tell(message(key).put("who", true));
  }

  private static ObjectNode message(String key) {
    return StrictJson.NODES.objectNode().put("key", key);
  }

  private void tell(ObjectNode message) {
    replicas.publish(TOPIC, json.write(message));
  }

  private byte[] heard(byte[] bytes) {
    JsonNode message = json.read(bytes);
    String key = message.path("key").asString("");
    Optional<ObjectNode> known = Optional.empty();
    synchronized (notes) {
      if (message.path("who").asBoolean(false)) {
        known = Optional.ofNullable(notes.get(key)).flatMap(note -> toJson(key, note));
      } else {
        apply(note(key), message);
      }
    }
    known.ifPresent(this::tell);
    return new byte[0];
  }

  private void apply(Note note, JsonNode message) {
    LogLevel.of(message.path("level").asString(""))
        .ifPresent(level -> note.level = Optional.of(level));
    for (JsonNode uri : message.path("add")) {
      if (note.uris.size() < MAX_URIS_OF_ONE && note.uris.add(uri.asString())) {
        uriCount++;
      }
    }
    if (message.has("remove") && note.uris.remove(message.path("remove").asString())) {
      uriCount--;
    }
  }

  private static Optional<ObjectNode> toJson(String key, Note note) {
    if (note.level.isEmpty() && note.uris.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode message = message(key);
    note.level.ifPresent(level -> message.put("level", level.wire()));
    note.uris.forEach(message.putArray("add")::add);
    return Optional.of(message);
  }

  /// The note of a session; makes room for it at the cost of the ones used longest ago.
  private Note note(String key) {
    Note note = notes.computeIfAbsent(key, _ -> new Note());
    while (notes.size() > 1 && (notes.size() > MAX_SESSIONS || uriCount > MAX_URIS)) {
      Map.Entry<String, Note> eldest = notes.entrySet().iterator().next();
      uriCount -= eldest.getValue().uris.size();
      notes.remove(eldest.getKey());
    }
    return note;
  }
}
