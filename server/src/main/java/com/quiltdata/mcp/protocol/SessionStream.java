package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.change.Listener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The stream of news of a session, in the revisions up to 2025-11-25: one for each, the newest
/// replaces those before it. Thread-safe.
final class SessionStream {
  private final NewsStream news;
  private final SessionNotes notes;
  private final Map<String, Listener> newest = new ConcurrentHashMap<>();

  SessionStream(NewsStream news, SessionNotes notes) {
    this.news = news;
    this.notes = notes;
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
          call.outbox().open();
          key.map(one -> newest.put(one, listener)).ifPresent(Listener::end);
        },
        listener -> key.ifPresent(one -> newest.remove(one, listener)));
  }

  private boolean isWanted(Optional<String> key, Change change) {
    return switch (change) {
      case Change.ToolList _, Change.PromptList _, Change.ResourceList _ -> true;
      case Change.ResourceContents(String uri) ->
          key.filter(one -> notes.wants(one, uri)).isPresent();
    };
  }
}
