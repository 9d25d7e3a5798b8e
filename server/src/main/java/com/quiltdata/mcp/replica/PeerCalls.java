package com.quiltdata.mcp.replica;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Requests to other replicas over HTTP. Thread-safe, blocks.
final class PeerCalls implements AutoCloseable {
  /// The path that a replica answers, with the method `POST`.
  static final String PATH = "/peer";

  static final String MEDIA_TYPE = "application/octet-stream";
  static final int MAX_REQUEST_BYTES =
      Replicas.MAX_MESSAGE_BYTES + PeerRequest.OVERHEAD_BYTES + Seal.OVERHEAD_BYTES;
  static final int MAX_RESPONSE_BYTES =
      Replicas.MAX_ANSWER_BYTES + PeerResponse.OVERHEAD_BYTES + Seal.OVERHEAD_BYTES;

  private static final int MAX_MESSAGES = 64;
  private static final int OK = 200;

  private final Seal seal;
  private final PeerTimers timers;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(MAX_MESSAGES);

  PeerCalls(Seal seal, PeerTimers timers) {
    this.seal = seal;
    this.timers = timers;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timers.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /// Sends a request that is small and answered at once.
  ///
  /// @throws InterruptedException when interrupted; the request may have arrived
  Outcome greet(PeerAddress address, PeerRequest request) throws InterruptedException {
    return call(address, request, timers.greeting());
  }

  /// Sends a message, at most 64 at once.
  ///
  /// @throws InterruptedException when interrupted; the message may have arrived
  Outcome send(PeerAddress address, PeerRequest request) throws InterruptedException {
    if (!places.tryAcquire(timers.answer().toNanos(), TimeUnit.NANOSECONDS)) {
      return new Outcome.Silent();
    }
    try {
      return call(address, request, timers.answer());
    } finally {
      places.release();
    }
  }

  private Outcome call(PeerAddress address, PeerRequest request, Duration limit)
      throws InterruptedException {
    byte[] sealed = seal.request(request.bytes());
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      return opened(post(address, sealed, deadline), sealed);
    } catch (ConnectException _) {
      return isRefused(address) ? new Outcome.Nobody() : new Outcome.Silent();
    } catch (HttpTimeoutException _) {
      return new Outcome.Silent();
    } catch (IOException _) {
      return again(address, sealed, deadline);
    }
  }

  /// A kept connection may turn out to be closed, for example because the peer has started again.
  /// The same bytes are sent, which are taken once at most.
  private Outcome again(PeerAddress address, byte[] sealed, long deadline)
      throws InterruptedException {
    try {
      return opened(post(address, sealed, deadline), sealed);
    } catch (ConnectException _) {
      return isRefused(address) ? new Outcome.Nobody() : new Outcome.Silent();
    } catch (IOException _) {
      return new Outcome.Silent();
    }
  }

  private HttpResponse<byte[]> post(PeerAddress address, byte[] sealed, long deadline)
      throws IOException, InterruptedException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new HttpTimeoutException("no time is left");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + PATH))
            .timeout(Duration.ofNanos(left))
            .header("Content-Type", MEDIA_TYPE)
            .POST(BodyPublishers.ofByteArray(sealed))
            .build();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_RESPONSE_BYTES));
    try {
      // The client's own limit ends with the head of the response.
      return response.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("the peer took too long");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private Outcome opened(HttpResponse<byte[]> response, byte[] sealed) {
    if (response.statusCode() != OK) {
      // Busy, or broken: a replica nevertheless.
      return response.statusCode() >= 500 ? new Outcome.Silent() : new Outcome.Foreign();
    }
    return seal.openResponse(response.body(), sealed)
        .flatMap(opened ->
            PeerResponse.read(opened.content())
                .<Outcome>map(content -> new Outcome.Responded(opened.sender(), content)))
        .orElseGet(Outcome.Foreign::new);
  }

  /// Asks the kernel again: the client tells "refused" and "no way there" alike.
  private boolean isRefused(PeerAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()),
          Math.toIntExact(timers.connect().toMillis()));
      return false;
    } catch (ConnectException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
