package com.quiltdata.mcp.deploy.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Sends and hears a call of a typed client as the bytes that they are, so that members which this
/// SDK does not know are not lost. Signing, retries and errors stay the SDK's.
public final class RawJson implements ExecutionInterceptor {
  /// Sent in place of what the request says.
  public static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("raw.body");

  /// Hears the answer.
  public static final ExecutionAttribute<Consumer<byte[]>> ANSWER =
      new ExecutionAttribute<>("raw.answer");

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    byte[] body = attributes.getAttribute(BODY);
    return body == null ? context.requestBody() : Optional.of(RequestBody.fromBytes(body));
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    byte[] body = attributes.getAttribute(BODY);
    return body == null
        ? context.httpRequest()
        : context
            .httpRequest()
            .copy(request -> request.putHeader("Content-Length", String.valueOf(body.length)));
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Consumer<byte[]> answer = attributes.getAttribute(ANSWER);
    if (answer == null || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    return context
        .responseBody()
        .map(stream -> {
          byte[] bytes = all(stream);
          answer.accept(bytes);
          return new ByteArrayInputStream(bytes);
        });
  }

  private static byte[] all(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
