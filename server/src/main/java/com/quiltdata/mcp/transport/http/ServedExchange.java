package com.quiltdata.mcp.transport.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An exchange over Helidon's request and response.
final class ServedExchange implements Exchange {
  private static final HeaderName ACCEL_BUFFERING = HeaderNames.create("X-Accel-Buffering");
  private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;
  private static final Header NO_STORE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store");
  private static final int CLIENT_LEFT = 499;
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int FIRST_PIECE = 512;
  private static final int PIECE = 8 << 10;

  /// So much of a body does not count.
  private static final int FREE_BYTES = 64 << 10;

  private final ServerRequest request;
  private final ServerResponse response;
  private final ConnectionGuard guard;
  private final Surroundings surroundings;
  private final String requestId;
  private final WorkPlace place;
  private long kept;
  private boolean answered;
  private @Nullable SseStream stream;

  ServedExchange(
      ServerRequest request,
      ServerResponse response,
      ConnectionGuard guard,
      Surroundings surroundings) {
    this.request = request;
    this.response = response;
    this.guard = guard;
    this.surroundings = surroundings;
    this.requestId = RequestIds.of(request.headers());
    this.place = new WorkPlace(surroundings.gate(), surroundings.shares());
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public List<String> headers(String name) {
    return headers(HeaderNames.create(name));
  }

  List<String> headers(HeaderName name) {
    return request.headers().all(name, List::of);
  }

  @Override
  public Optional<String> query(String name) {
    return request.query().first(name).asOptional();
  }

  @Override
  public Optional<InetAddress> clientAddress() {
    return peerAddress()
        .flatMap(peer -> surroundings.config().proxies().client(peer, headers(FORWARDED_FOR)));
  }

  @Override
  public Optional<InetAddress> peerAddress() {
    return guard.remotePeer().address() instanceof InetSocketAddress peer
        ? Optional.of(peer.getAddress())
        : Optional.empty();
  }

  @Override
  public OptionalLong bodyLength() {
    return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
        ? OptionalLong.empty()
        : OptionalLong.of(request.headers().contentLength().orElse(0));
  }

  /// Takes memory as bytes arrive, never for a length that is only announced.
  private byte[] read(InputStream in, int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(FIRST_PIECE);
    byte[] piece = new byte[Math.clamp(bodyLength().orElse(PIECE), 1, PIECE)];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      if (body.size() + read > limit) {
        throw tooLarge(limit);
      }
      keep(beyondFree(body.size() + read) - beyondFree(body.size()));
      body.write(piece, 0, read);
    }
    return body.toByteArray();
  }

  /// What counts of a body: long ones must not keep short ones out.
  private static int beyondFree(int bytes) {
    return Math.max(0, bytes - FREE_BYTES);
  }

  private void keep(int bytes) {
    if (!surroundings.bodies().take(bytes)) {
      throw Refusal.retry(503, "busy", "too many long bodies at once; try again", MOMENT);
    }
    kept += bytes;
  }

  @Override
  public byte[] readBody(int maxBytes) {
    if (!guard.hasUnreadBody()) {
      return new byte[0];
    }
    int limit = Math.min(maxBytes, surroundings.config().limits().bodyBytes());
    if (bodyLength().orElse(0) > limit) {
      throw tooLarge(limit);
    }
    guard.limitBody(limit);
    try {
      // Never closed: closing reads on, for ever behind a broken chunk.
      byte[] body = read(request.content().inputStream(), limit);
      guard.bodyRead();
      return body;
    } catch (CloseConnectionException | Refusal e) {
      throw e;
    } catch (RequestException e) {
      throw e.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
          ? tooLarge(limit)
          : malformed();
    } catch (IOException | RuntimeException _) {
      throw malformed();
    }
  }

  private static Refusal tooLarge(int limit) {
    return new Refusal(413, "body_too_large", "the body is over " + limit + " bytes");
  }

  private static Refusal malformed() {
    return new Refusal(400, "malformed_body", "the chunks of the body cannot be read");
  }

  @Override
  public void enterWork(String owner) {
    WorkPlace.Entry entry;
    try {
      entry = place.enter(owner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("interrupted while waiting for a place", e);
    }
    switch (entry) {
      case IN -> {
        // there is a place
      }
      case FULL -> throw Refusal.retry(503, "busy", "too many requests in work", MOMENT);
      case SHARE_USED_UP ->
          throw Refusal.retry(
              429, "share_used_up", "too many of your requests are in work at once", MOMENT);
    }
  }

  @Override
  public void leaveWork() {
    place.leave();
  }

  @Override
  public boolean returnToWork() {
    return place.comeBack();
  }

  @Override
  public boolean isDraining() {
    return surroundings.readiness().isDraining();
  }

  @Override
  public void watch(Runnable gone) {
    guard.watch(gone);
  }

  @Override
  public void answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    head(status, contentType, headers);
    response.headers().setIfAbsent(NO_STORE);
    answered = true;
    if (method().equals("HEAD")) {
      response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(body.length)).send();
    } else {
      response.send(body);
    }
  }

  @Override
  public SseStream openStream(Map<String, String> headers) {
    if (method().equals("HEAD")) {
      throw new IllegalStateException("a HEAD request has no stream");
    }
    head(200, "text/event-stream", headers);
    // A body that nobody wants must not end the stream by its timer; the connection closes anyway.
    guard.bodyRead();
    response
        .header(HeaderNames.CACHE_CONTROL, "no-cache, no-store, no-transform")
        .header(ACCEL_BUFFERING, "no");
    answered = true;
    stream = new ChunkedSseStream(response.outputStream());
    return stream;
  }

  private void head(int status, String contentType, Map<String, String> headers) {
    if (answered) {
      throw new IllegalStateException("the request has been answered");
    }
    response.status(status == 431 ? RequestScreen.HEADER_TOO_LARGE : Status.create(status));
    headers.forEach(this::header);
    if (!contentType.isEmpty()) {
      header("Content-Type", contentType);
    }
    // An interrupt that a route has left behind would break the write, and then the next request.
    boolean interrupted = Thread.interrupted();
    if (interrupted || isDraining() || guard.hasUnreadBody() || asksToClose(request.headers())) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /// Puts a header into the answer to come.
  void header(String name, String value) {
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
      throw new IllegalArgumentException("the value of header " + name + " is not printable");
    }
    response.header(HeaderNames.create(name), value);
  }

  @Override
  public boolean isAnswered() {
    return answered;
  }

  // For the stations around the route.

  ConnectionGuard guard() {
    return guard;
  }

  /// The route is done: its stream ends, its place is free.
  void finish() {
    surroundings.bodies().leave(kept);
    kept = 0;
    place.close();
    if (stream != null) {
      stream.close();
    }
  }

  int status() {
    return answered ? response.status().code() : CLIENT_LEFT;
  }

  /// Whether the connection has to end. Helidon announces that and forgets it.
  boolean closesConnection() {
    return asksToClose(request.headers()) || asksToClose(response.headers());
  }

  private static boolean asksToClose(Headers headers) {
    for (String value : headers.all(HeaderNames.CONNECTION, List::of)) {
      for (String option : value.split(",", -1)) {
        if (option.strip().equalsIgnoreCase("close")) {
          return true;
        }
      }
    }
    return false;
  }
}
