package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.upstream.Upstream;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;

/// The body of an answer; its end, however it comes, is that of the exchange. Breaks are told as
/// [RetryableException].
final class GuardedBody extends FilterInputStream {
  private final AbortableInputStream body;
  private final Upstream.Exchange exchange;

  GuardedBody(AbortableInputStream body, Upstream.Exchange exchange) {
    super(body);
    this.body = body;
    this.exchange = exchange;
  }

  @Override
  public int read() throws IOException {
    try {
      return ended(body.read());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return ended(body.read(bytes, offset, length));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private int ended(int result) {
    if (result < 0) {
      exchange.close();
    }
    return result;
  }

  /// The SDK's readers of bodies give an exception of streams a form that nobody retries.
  private SdkException broken(IOException e) {
    if (!Thread.currentThread().isInterrupted()) {
      exchange.failed(e);
    }
    return RetryableException.create("the body of the answer broke off", e);
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } finally {
      exchange.close();
    }
  }

  /// Gives up the rest of the body, and its connection.
  void abort() {
    try {
      body.abort();
    } finally {
      exchange.close();
    }
  }
}
