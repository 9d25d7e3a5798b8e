package com.quiltdata.mcp.transport.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.regex.Pattern;

/// Refuses request heads that are too large, or whose body another parser could end elsewhere.
///
/// Helidon takes the first of two lengths, ignores transfer encodings that it does not know, and
/// prefers chunks to a length: each lets a request hide inside the body of another. Every refusal
/// closes the connection, so that nothing behind it is served. See RFC 9112 section 6.3.
final class RequestScreen implements Http1ConnectionListener {
  /// The status for a head that is over a limit.
  static final Status HEADER_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final int LINE_EXTRA = " ".length() + " HTTP/1.1".length();
  private static final int HEADER_EXTRA = ": ".length() + "\r\n".length();

  private final HttpLimits limits;

  RequestScreen(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    guard(context).prologueRead(prologue);
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    ConnectionGuard guard = guard(context);
    HttpPrologue prologue = guard.prologue().orElseThrow();
    if (lineBytes(prologue) > limits.requestLineBytes()) {
      throw refusal(Status.REQUEST_URI_TOO_LONG_414, prologue, headers);
    }
    requireFewAndNamed(prologue, headers);
    requirePlainContent(prologue, headers);
    guard.headerRead(bodyBytes(prologue, headers));
  }

  private void requireFewAndNamed(HttpPrologue prologue, Headers headers) {
    int count = 0;
    long bytes = 0;
    for (Header header : headers) {
      if (header.name().isEmpty()) {
        throw refusal(Status.BAD_REQUEST_400, prologue, headers);
      }
      for (String value : header.allValues()) {
        count++;
        bytes += header.name().length() + value.length() + HEADER_EXTRA;
      }
    }
    if (count > limits.headerCount() || bytes > limits.headerBytes()) {
      throw refusal(HEADER_TOO_LARGE, prologue, headers);
    }
  }

  private static void requirePlainContent(HttpPrologue prologue, Headers headers) {
    if (!headers.contains(HeaderNames.CONTENT_ENCODING)) {
      return;
    }
    for (String value : headers.values(HeaderNames.CONTENT_ENCODING)) {
      if (!value.equalsIgnoreCase("identity")) {
        throw refusal(Status.UNSUPPORTED_MEDIA_TYPE_415, prologue, headers);
      }
    }
    if (headers instanceof WritableHeaders<?> writable) {
      // Helidon refuses the header whatever it says.
      writable.remove(HeaderNames.CONTENT_ENCODING);
    }
  }

  /// The declared length, -1 for chunks.
  private static long bodyBytes(HttpPrologue prologue, Headers headers) {
    List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
    List<String> encodings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
    if (encodings.isEmpty() && lengths.isEmpty()) {
      return 0;
    }
    if (encodings.isEmpty()
        && lengths.size() == 1
        && LENGTH.matcher(lengths.getFirst()).matches()) {
      return Long.parseLong(lengths.getFirst());
    }
    if (lengths.isEmpty() && encodings.size() == 1 && encodings.getFirst().equals("chunked")) {
      return -1;
    }
    throw refusal(Status.BAD_REQUEST_400, prologue, headers);
  }

  private static int lineBytes(HttpPrologue prologue) {
    int fragment = prologue.fragment().hasValue() ? prologue.fragment().rawValue().length() + 1 : 0;
    int query = prologue.query().rawValue().length();
    return prologue.method().text().length()
        + prologue.uriPath().rawPath().length()
        + (query == 0 ? 0 : query + 1)
        + fragment
        + LINE_EXTRA;
  }

  private static ConnectionGuard guard(ConnectionContext context) {
    if (context instanceof ConnectionGuard guard) {
      return guard;
    }
    throw new IllegalStateException("a connection without a guard");
  }

  private static RequestException refusal(Status status, HttpPrologue prologue, Headers headers) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(status)
        .request(DirectTransportRequest.create(prologue, headers))
        .setKeepAlive(false)
        .message(status.reasonPhrase())
        .build();
  }
}
