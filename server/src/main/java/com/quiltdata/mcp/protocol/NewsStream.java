package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.change.Listener;
import com.quiltdata.mcp.change.Listener.News;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One stream of news to a client, of any revision: notifications until the server ends, the time
/// is over, the client leaves, or it is too slow.
final class NewsStream {
  private final Changes changes;
  private final Places places;
  private final RevisionWriter writer;
  private final Duration life;
  private final InstantSource clock;

  /// How a stream came to its end.
  enum End {
    /// As it should: the client may be told.
    REGULAR,
    /// There is nobody to tell.
    BROKEN
  }

  /// Streams of news.
  ///
  /// @param changes where news come from
  /// @param places how many streams there may be
  /// @param writer words them
  /// @param life longest life of a stream
  /// @param clock tells when a token expires
  NewsStream(
      Changes changes, Places places, RevisionWriter writer, Duration life, InstantSource clock) {
    this.changes = changes;
    this.places = places;
    this.writer = writer;
    this.life = life;
    this.clock = clock;
  }

  /// Sends news until the end.
  ///
  /// @param call whose stream it is
  /// @param filter what the client asked for
  /// @param subscription what marks each notification, in the revisions that mark them
  /// @param opened is run when nothing can be missed any more, before the first notification
  /// @param closed is run at the end, whatever came of `opened`
  /// @throws RpcException when there is no place for a stream
  End run(
      Call call,
      Predicate<Change> filter,
      Optional<JsonNode> subscription,
      Consumer<Listener> opened,
      Consumer<Listener> closed) {
    try (Places.Place _ = places.take(call.caller().principal());
        Listener listener = changes.listen(filter)) {
      try {
        opened.accept(listener);
        return sendUntilEnd(call, listener, subscription);
      } finally {
        closed.accept(listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return End.BROKEN;
    }
  }

  private End sendUntilEnd(Call call, Listener listener, Optional<JsonNode> subscription)
      throws InterruptedException {
    long end = System.nanoTime() + life(call.caller()).toNanos();
    while (true) {
      long left = end - System.nanoTime();
      Optional<News> news = left > 0 ? listener.next(Duration.ofNanos(left)) : Optional.empty();
      switch (news.orElseGet(News.End::new)) {
        case News.Of(Change change) -> call.outbox().send(written(change, subscription));
        case News.End _ -> {
          return End.REGULAR;
        }
        case News.Overrun _ -> {
          return End.BROKEN;
        }
      }
    }
  }

  /// Nobody hears more after the token has expired with which they came.
  private Duration life(Caller caller) {
    if (!(caller instanceof Caller.Bearer bearer)) {
      return life;
    }
    Duration ofToken = Duration.between(clock.instant(), bearer.expiresAt());
    return ofToken.compareTo(life) < 0 ? ofToken : life;
  }

  private byte[] written(Change change, Optional<JsonNode> subscription) {
    ObjectNode params = StrictJson.NODES.objectNode();
    subscription.ifPresent(id -> params.putObject("_meta").set(MetaKeys.SUBSCRIPTION_ID, id));
    return switch (change) {
      case Change.ToolList _ -> writer.notification("notifications/tools/list_changed", params);
      case Change.PromptList _ -> writer.notification("notifications/prompts/list_changed", params);
      case Change.ResourceList _ ->
          writer.notification("notifications/resources/list_changed", params);
      case Change.ResourceContents(String uri) ->
          writer.notification("notifications/resources/updated", params.put("uri", uri));
    };
  }
}
