package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Takes the body of an answer as it came and leaves the SDK an empty document. Requests, refusals
/// and retries stay the SDK's.
final class TappedBody {
  private static final ExecutionAttribute<TappedBody> TAP = new ExecutionAttribute<>("tapped.body");
  private static final int MOST_BYTES = 16 << 20;
  private static final int OK = 200;

  private volatile Optional<byte[]> bytes = Optional.empty();

  /// Makes the tap part of a request.
  void in(AwsRequestOverrideConfiguration.Builder override) {
    override.putExecutionAttribute(TAP, this);
  }

  /// What came.
  ///
  /// @throws IllegalArgumentException when nothing did
  byte[] bytes() {
    return bytes.orElseThrow(() -> new IllegalArgumentException("the answer has no body"));
  }

  /// What every client needs for it.
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      TappedBody tap = attributes.getAttribute(TAP);
      if (tap == null || context.httpResponse().statusCode() != OK) {
        return context.responseBody();
      }
      try (InputStream body = context.responseBody().orElseGet(InputStream::nullInputStream)) {
        byte[] read = body.readNBytes(MOST_BYTES);
        if (isCut(context.httpResponse(), read)) {
          throw RetryableException.create("the answer ended early");
        }
        tap.bytes = Optional.of(read);
        return Optional.of(new ByteArrayInputStream("<empty/>".getBytes(US_ASCII)));
      } catch (IOException e) {
        throw RetryableException.create("the answer broke off", e);
      }
    }

    private static boolean isCut(SdkHttpResponse response, byte[] read) {
      return response
          .firstMatchingHeader("Content-Length")
          .filter(length -> !length.equals(Integer.toString(read.length)))
          .isPresent();
    }
  }
}
