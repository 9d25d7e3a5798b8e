package com.quiltdata.mcp.transport.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One request and its answer, as a [Route] sees them. Used by the connection's thread alone.
///
/// The order is: read the body, or do not; [#enterWork(String)]; then either one `answer` or one
/// stream. An answer that leaves the body unread closes the connection. Methods that write may
/// throw when the client is gone; let it pass.
public interface Exchange {
  /// The name of the request in answers and logs.
  String requestId();

  /// The method as sent.
  String method();

  /// The literal path, without the query.
  String path();

  /// All values of a header in the order received, not split at commas.
  ///
  /// @param name in any case
  List<String> headers(String name);

  /// The first value of a header.
  ///
  /// @param name in any case
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// The first value of a query parameter, decoded.
  ///
  /// @param name of the parameter
  Optional<String> query(String name);

  /// The address that limits may count by; empty when it would be a balancer's.
  Optional<InetAddress> clientAddress();

  /// The address at the other end of the connection, a balancer's too.
  Optional<InetAddress> peerAddress();

  /// The length of the body, 0 without one; empty when it comes in chunks.
  OptionalLong bodyLength();

  /// Reads the whole body, once. Until then the timer of the body runs.
  ///
  /// @param maxBytes how many there may be
  /// @return the body, empty without one
  /// @throws Refusal 413 when it is longer, 400 when its chunks cannot be read, 503 when too many
  ///   large bodies are held
  byte[] readBody(int maxBytes);

  /// Takes a place among the requests in work until the route returns, waiting a little if need be.
  /// Best called with the body read, so that slow senders hold no place.
  ///
  /// @param owner of the place: so many of all places may belong to one; empty for nobody
  /// @throws Refusal with `Retry-After`: 503 when there is no place, 429 when the owner has as many
  ///   as one may have
  void enterWork(String owner);

  /// Gives the place in work back while the request waits for a person. From any thread.
  void leaveWork();

  /// Takes a place in work again. From any thread.
  ///
  /// @return whether there was one in time
  boolean returnToWork();

  /// Whether the server has begun to end: answers close their connection, streams should end.
  boolean isDraining();

  /// Has something run, once, when the client leaves before the answer is complete.
  ///
  /// Seen within milliseconds. It costs a thread, so arm it when a call has run for a while. A
  /// client that sends its next request meanwhile is then seen leaving at a write only, and so is
  /// one that vanishes without closing.
  ///
  /// @param gone runs on another thread; should only cancel something. Later calls replace it
  /// @throws IllegalStateException while the body is unread
  void watch(Runnable gone);

  /// Answers with a body.
  ///
  /// @param status the HTTP status
  /// @param contentType of the body; empty for none
  /// @param body may be empty
  /// @param headers what else goes into the answer; `Cache-Control` is `no-store` if not named
  void answer(int status, String contentType, byte[] body, Map<String, String> headers);

  /// Answers with a body and no headers of its own.
  ///
  /// @param status the HTTP status
  /// @param contentType of the body; empty for none
  /// @param body may be empty
  default void answer(int status, String contentType, byte[] body) {
    answer(status, contentType, body, Map.of());
  }

  /// Answers with status 200 and a stream of events. Nothing leaves before the first event or
  /// comment.
  ///
  /// @param headers what else goes into the answer
  /// @return the stream, to be closed by the route
  SseStream openStream(Map<String, String> headers);

  /// Whether an answer has begun.
  boolean isAnswered();
}
