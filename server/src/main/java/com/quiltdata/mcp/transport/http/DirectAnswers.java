package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.transport.http.ConnectionGuard.Phase;
import com.quiltdata.mcp.transport.http.RequestObserver.Observed;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Answers what never becomes a request: bad lines, bad heads, odd bodies.
///
/// The message that comes with the event is never shown, it may be an exception's text.
final class DirectAnswers implements DirectHandler {
  private final Cors cors;
  private final Reporter reporter;

  DirectAnswers(Cors cors, Reporter reporter) {
    this.cors = cors;
    this.reporter = reporter;
  }

  /// These answers for every kind of event.
  DirectHandlers forAllEvents() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, this);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    Status shown = isUnreadable(status) ? Status.BAD_REQUEST_400 : status;
    String requestId = RequestIds.of(request.headers());
    byte[] body = body(shown.code(), requestId);
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(shown)
            .headers(headers)
            .keepAlive(false)
            .header(HeaderNames.create(OuterFilter.REQUEST_ID), requestId)
            .header(HeaderNames.CACHE_CONTROL, "no-store")
            .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
            .header(HeaderNames.CONTENT_TYPE, ErrorBody.TYPE);
    cors.headersFor(request.headers())
        .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (!request.method().equals("HEAD")) {
      response.entity(body);
    }
    report(request, shown, requestId, body.length);
    return response.build();
  }

  /// While a head is read, an internal error is the parser tripping over it.
  private static boolean isUnreadable(Status status) {
    return status.code() == 500
        && ConnectionGuard.CURRENT.isBound()
        && ConnectionGuard.CURRENT.get().phase() == Phase.HEAD;
  }

  private void report(TransportRequest request, Status status, String requestId, int bytes) {
    long spent =
        ConnectionGuard.CURRENT.isBound()
            ? System.nanoTime() - ConnectionGuard.CURRENT.get().since()
            : 0;
    reporter.report(
        new Observed(
            requestId,
            request.method(),
            withoutQuery(request.path()),
            status.code(),
            Duration.ofNanos(spent),
            bytes,
            false));
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static byte[] body(int status, String requestId) {
    return switch (status) {
      case 400 -> ErrorBody.of("bad_request", "the request is not well-formed HTTP/1.1");
      case 413 -> ErrorBody.of("body_too_large", "the body is over the limit");
      case 414 -> ErrorBody.of("uri_too_long", "the request line is over the limit");
      case 415 -> ErrorBody.of("unsupported_encoding", "send the body without Content-Encoding");
      case 431 -> ErrorBody.of("header_too_large", "the headers are too many or too long");
      case 503 -> ErrorBody.of("busy", "try again");
      case 505 -> ErrorBody.of("http_version_not_supported", "HTTP/1.1 is spoken here");
      default -> ErrorBody.internal(requestId);
    };
  }
}
