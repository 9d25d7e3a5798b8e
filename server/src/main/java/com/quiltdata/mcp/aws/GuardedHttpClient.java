package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.upstream.Upstream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// Sends each request as an exchange with its service, which holds a connection until the body of
/// the answer has been read or given up. Thread-safe.
///
/// @param client that sends it; shared, so that closing this does not close it
/// @param upstream the service
record GuardedHttpClient(SdkHttpClient client, Upstream upstream) implements SdkHttpClient {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Guarded(client.prepareRequest(request), upstream);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    // Others use it.
  }

  private record Guarded(ExecutableHttpRequest request, Upstream upstream)
      implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      Upstream.Exchange exchange = begin();
      boolean isBodyOpen = false;
      try {
        HttpExecuteResponse answer = send();
        tell(exchange, answer.httpResponse().statusCode());
        Optional<AbortableInputStream> body = answer.responseBody();
        if (body.isEmpty()) {
          return answer;
        }
        GuardedBody guarded = new GuardedBody(body.get(), exchange);
        isBodyOpen = true;
        return HttpExecuteResponse.builder()
            .response(answer.httpResponse())
            .responseBody(AbortableInputStream.create(guarded, guarded::abort))
            .build();
      } catch (IOException e) {
        // Who interrupts a request says nothing of the service.
        if (!Thread.currentThread().isInterrupted()) {
          exchange.failed(e);
        }
        throw e;
      } finally {
        if (!isBodyOpen) {
          exchange.close();
        }
      }
    }

    /// What the client throws besides exceptions of streams is about the answer all the same.
    private HttpExecuteResponse send() throws IOException {
      try {
        return request.call();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (IllegalArgumentException e) {
        throw new IOException("this is no HTTP", e);
      }
    }

    private Upstream.Exchange begin() throws IOException {
      try {
        return upstream.begin();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("no connection yet");
        stopped.initCause(e);
        throw stopped;
      }
    }

    private static void tell(Upstream.Exchange exchange, int status) {
      boolean hasFailed =
          status == TOO_MANY_REQUESTS || (status >= SERVER_ERROR && status != NOT_IMPLEMENTED);
      if (hasFailed) {
        exchange.failed(new IOException("status " + status));
      } else {
        exchange.answered();
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
