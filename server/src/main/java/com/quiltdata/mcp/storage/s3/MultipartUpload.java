package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/// An object whose parts are in S3 before it is.
///
/// @param conversation with the caller's credentials
/// @param location where the object will be
/// @param id of the upload
record MultipartUpload(Conversation conversation, ObjectLocation location, String id) {
  // S3 puts the parts together while the caller waits.
  private static final Duration TO_COMPLETE = Duration.ofMinutes(1);

  /// Begins one.
  ///
  /// @param more of the request: type, metadata, checksums
  static MultipartUpload begin(
      Conversation conversation,
      ObjectLocation location,
      Consumer<CreateMultipartUploadRequest.Builder> more) {
    String id =
        conversation
            .ask(
                location.bucket(),
                Quoted.of(location.uri()),
                client ->
                    client.createMultipartUpload(r -> {
                      r.bucket(location.bucket().value())
                          .key(location.key())
                          .overrideConfiguration(conversation.signed());
                      more.accept(r);
                    }))
            .uploadId();
    return new MultipartUpload(conversation, location, id);
  }

  /// Does what has to be done for the object to appear, or leaves nothing behind.
  <T> T orAbort(Supplier<T> work) {
    boolean isDone = false;
    try {
      T result = work.get();
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        abort();
      }
    }
  }

  /// Lets the object appear.
  ///
  /// @param parts all of them, in order
  /// @param more of the request: conditions
  /// @throws SdkException as S3 answers
  CompleteMultipartUploadResponse complete(
      List<CompletedPart> parts, Consumer<CompleteMultipartUploadRequest.Builder> more) {
    return conversation.toRegion(
        location.bucket(),
        client ->
            client.completeMultipartUpload(r -> {
              r.bucket(location.bucket().value())
                  .key(location.key())
                  .uploadId(id)
                  .multipartUpload(all -> all.parts(parts))
                  .overrideConfiguration(conversation.signed(TO_COMPLETE));
              more.accept(r);
            }));
  }

  /// Throws the parts away, on another thread: this one may have been interrupted. What cannot be
  /// thrown away now, the bucket's own rules have to.
  private void abort() {
    Thread aborting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                conversation.ask(
                    location.bucket(),
                    Quoted.of(location.uri()),
                    client ->
                        client.abortMultipartUpload(r ->
                            r.bucket(location.bucket().value())
                                .key(location.key())
                                .uploadId(id)
                                .overrideConfiguration(conversation.signed())));
              } catch (Fault _) {
                // The failure that led here is the one to be told.
              }
            });
    boolean wasInterrupted = Thread.interrupted();
    try {
      aborting.join();
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
