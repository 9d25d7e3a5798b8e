package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.transport.http.RequestObserver.Observed;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The door: names every request, turns foreign web pages away, answers preflights, and closes the
/// connection behind an answer that said so.
final class OuterFilter implements Filter {
  static final String REQUEST_ID = "X-Request-ID";

  private static final HeaderName PREFLIGHT = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private final Surroundings surroundings;
  private final Cors cors;
  private final boolean loopbackOnly;
  private final LastResort lastResort;
  private final Reporter reporter;
  private final Dispatch dispatch;

  OuterFilter(
      Surroundings surroundings,
      Cors cors,
      boolean loopbackOnly,
      LastResort lastResort,
      Reporter reporter,
      Dispatch dispatch) {
    this.surroundings = surroundings;
    this.cors = cors;
    this.loopbackOnly = loopbackOnly;
    this.lastResort = lastResort;
    this.reporter = reporter;
    this.dispatch = dispatch;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long started = System.nanoTime();
    ConnectionGuard guard = ConnectionGuard.CURRENT.get();
    long sentBefore = guard.sentBytes();
    ServedExchange exchange = new ServedExchange(request, response, guard, surroundings);
    try {
      // Every line that is logged on the way names the request.
      new RequestContext(exchange.requestId(), Optional.empty())
          .run(() -> lastResort.run(exchange, () -> pass(exchange, chain)));
    } finally {
      reporter.report(
          new Observed(
              exchange.requestId(),
              exchange.method(),
              exchange.path(),
              exchange.status(),
              Duration.ofNanos(System.nanoTime() - started),
              guard.sentBytes() - sentBefore,
              dispatch.isProbe(exchange.path())));
    }
    // A thread that was left interrupted would make Helidon send a second answer.
    if (Thread.interrupted() || exchange.closesConnection()) {
      throw new CloseConnectionException("announced in the answer");
    }
    guard.requestDone();
  }

  private void pass(ServedExchange exchange, FilterChain chain) {
    exchange.header(REQUEST_ID, exchange.requestId());
    exchange.header("X-Content-Type-Options", "nosniff");
    cors.headers(exchange.headers(HeaderNames.ORIGIN)).forEach(exchange::header);
    if (loopbackOnly && !namesLoopback(exchange)) {
      throw new Refusal(
          403, "host_not_allowed", "this server listens on localhost and is called by that name");
    }
    if (cors.isForeign(exchange.headers(HeaderNames.ORIGIN)) && !isOwnPage(exchange)) {
      throw new Refusal(403, "origin_not_allowed", "pages of this origin may not call this server");
    }
    if (isPreflight(exchange)) {
      exchange.answer(200, "", new byte[0], cors.preflight());
      return;
    }
    ScopedValue.where(Dispatch.EXCHANGE, exchange).run(chain::proceed);
  }

  /// A page of another site can make a browser resolve its own name to this machine; the name is
  /// then still in the header.
  private boolean namesLoopback(ServedExchange exchange) {
    for (String host : exchange.headers(HeaderNames.HOST)) {
      if (!LOOPBACK.matcher(host).matches() && !isOwnAddress(host)) {
        return false;
      }
    }
    return true;
  }

  /// Such as 127.0.0.2, if that is where the server listens.
  private boolean isOwnAddress(String host) {
    String own = surroundings.config().host();
    return host.equalsIgnoreCase(own)
        || host.regionMatches(true, 0, own + ":", 0, own.length() + 1);
  }

  /// Whether the page is one of this server's own. Only where the name in `Host` was checked: it
  /// comes from the same page.
  private boolean isOwnPage(ServedExchange exchange) {
    return loopbackOnly
        && exchange.headers(HeaderNames.HOST).stream()
            .map(host -> List.of("http://" + host))
            .anyMatch(exchange.headers(HeaderNames.ORIGIN)::equals);
  }

  private static boolean isPreflight(ServedExchange exchange) {
    return exchange.method().equals("OPTIONS")
        && !exchange.headers(HeaderNames.ORIGIN).isEmpty()
        && !exchange.headers(PREFLIGHT).isEmpty();
  }
}
