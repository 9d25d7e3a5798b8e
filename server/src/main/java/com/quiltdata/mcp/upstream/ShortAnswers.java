package com.quiltdata.mcp.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A service over HTTP that answers with short documents: no redirect is followed, and an answer
/// has a limit of size and time. Thread-safe.
public final class ShortAnswers {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(?:\\.\\d{1,3}){3}");

  private final HttpClient http;
  private final Duration whole;
  private final int mostBytes;

  /// A service that nobody has asked yet.
  ///
  /// @param connect time for a connection
  /// @param whole time for an answer with its body
  /// @param mostBytes of a body
  public ShortAnswers(Duration connect, Duration whole, int mostBytes) {
    this.whole = whole;
    this.mostBytes = mostBytes;
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .build();
  }

  /// Asks for a document in JSON.
  ///
  /// @param address where
  /// @param headers what else goes into the request
  /// @return the answer, with any status
  /// @throws NoAnswerException when there is none within the limits
  /// @throws InterruptedException when the caller is given up
  public HttpResponse<byte[]> get(URI address, Map<String, String> headers)
      throws NoAnswerException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(whole).header("Accept", "application/json");
    headers.forEach(request::header);
    // The time of a request ends with its headers; this one ends with the body.
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<byte[]>> answer =
          thread.submit(() ->
              http.send(
                  request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes)));
      try {
        return answer.get(whole.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        answer.cancel(true);
      }
    } catch (TimeoutException _) {
      throw new NoAnswerException("no answer in time");
    } catch (ExecutionException e) {
      throw new NoAnswerException(
          e.getCause() instanceof IOException ? "no usable answer" : "the request failed");
    }
  }

  /// Whether a service may name another one for what concerns it: over `https`, or on this machine
  /// if it is there itself.
  ///
  /// @param named the address in its answer
  /// @param namer the address of the service
  /// @return false for an address with user, query or fragment, too
  public static boolean mayName(URI named, URI namer) {
    String host = named.getHost();
    if (host == null
        || named.getRawUserInfo() != null
        || named.getRawQuery() != null
        || named.getRawFragment() != null) {
      return false;
    }
    return "https".equals(named.getScheme())
        ? !isLoopback(host) || isLoopback(namer.getHost())
        : "http".equals(named.getScheme()) && isLoopback(host) && isLoopback(namer.getHost());
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
