package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.change.Listener;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Replicas;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// The stream of news of a session, in the revisions up to 2025-11-25: one for each, the newest
/// replaces those before it, on whichever replica, so that nothing is told twice. Thread-safe.
final class SessionStream {
  private static final String TOPIC = "stream";
  private static final String KEY = "key";
  private static final String REPLICA = "replica";

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final Replicas replicas;
  private final NewsStream news;
  private final SessionNotes notes;
  private final Map<String, Listener> newest = new ConcurrentHashMap<>();

  SessionStream(NewsStream news, SessionNotes notes, Replicas replicas) {
    this.news = news;
    this.notes = notes;
    this.replicas = replicas;
    replicas.handle(TOPIC, this::heard);
  }

  /// Another replica has a newer stream of a session.
  private byte[] heard(byte[] bytes) {
    JsonNode message = json.read(bytes);
    if (!message.path(REPLICA).asString("").equals(replicas.self().text())) {
      Optional.ofNullable(newest.get(message.path(KEY).asString(""))).ifPresent(Listener::end);
    }
    return new byte[0];
  }

  /// Sends news until the end.
  ///
  /// @throws RpcException when there is no place for a stream
  void run(Call call) {
    Optional<String> key = call.session().map(Session::key);
    key.ifPresent(notes::askForUnknown);
    news.run(
        call,
        change -> isWanted(key, change),
        Optional.empty(),
        listener -> {
          // A client that sees its stream open may ask for another: that one is the newer.
          key.ifPresent(one -> replace(one, listener));
          call.outbox().open();
        },
        listener -> key.ifPresent(one -> newest.remove(one, listener)));
  }

  private void replace(String key, Listener listener) {
    Optional.ofNullable(newest.put(key, listener)).ifPresent(Listener::end);
    replicas.publish(
        TOPIC,
        json.write(
            StrictJson.NODES.objectNode().put(KEY, key).put(REPLICA, replicas.self().text())));
  }

  private boolean isWanted(Optional<String> key, Change change) {
    return switch (change) {
      case Change.ToolList _, Change.PromptList _, Change.ResourceList _ -> true;
      case Change.ResourceContents(String uri) ->
          key.filter(one -> notes.wants(one, uri)).isPresent();
    };
  }
}
