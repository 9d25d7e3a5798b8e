package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Writes one object part by part, two parts on their way while the next one is read. The object
/// appears when all parts are there; on any failure they are thrown away.
final class MultipartPut {
  private static final int ON_THE_WAY = 2;
  private static final int MOST_PARTS = 10_000;

  private final Conversation conversation;
  private final ObjectLocation location;
  private final PutOptions options;
  private final String subject;
  private final Deque<OnTheWay> sent = new ArrayDeque<>();
  private final List<CompletedPart> arrived = new ArrayList<>();
  private long sizeBytes;

  private record OnTheWay(Part part, Sending sending, Future<CompletedPart> answer) {}

  MultipartPut(Conversation conversation, ObjectLocation location, PutOptions options) {
    this.conversation = conversation;
    this.location = location;
    this.options = options;
    this.subject = Quoted.of(location.uri());
  }

  /// Writes the object.
  ///
  /// @param first its first part
  /// @param rest what follows behind it
  Written put(Part first, InputStream rest) {
    MultipartUpload upload =
        MultipartUpload.begin(
            conversation,
            location,
            request -> {
              request
                  .metadata(KeptMetadata.encoded(options.metadata()))
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256);
              options.contentType().ifPresent(request::contentType);
            });
    return upload.orAbort(() -> {
      sendAll(upload, first, rest);
      return complete(upload);
    });
  }

  private void sendAll(MultipartUpload upload, Part first, InputStream rest) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Part part = first;
        while (true) {
          send(upload, part, threads);
          if (!part.isFull()) {
            break;
          }
          Part next = Part.read(part.number() + 1, rest, conversation.room(), subject);
          if (next.length() == 0) {
            break;
          }
          part = next;
        }
        while (!sent.isEmpty()) {
          awaitFirst();
        }
      } catch (SdkException e) {
        throw S3Faults.of(subject, e);
      } finally {
        sent.forEach(one -> one.answer().cancel(true));
      }
    } finally {
      // Nobody sends them any more.
      sent.forEach(one -> one.part().close());
    }
  }

  private void send(MultipartUpload upload, Part part, ExecutorService threads) {
    if (part.number() > MOST_PARTS) {
      part.close();
      throw new Fault(
          FaultCode.TOO_LARGE,
          "%s is longer than %d parts of 8 MiB".formatted(subject, MOST_PARTS));
    }
    if (sent.size() == ON_THE_WAY) {
      try {
        awaitFirst();
      } catch (RuntimeException e) {
        part.close();
        throw e;
      }
    }
    sizeBytes += part.length();
    Sending sending = new Sending(part, conversation.deadlines());
    sent.add(new OnTheWay(part, sending, threads.submit(() -> sendPart(upload, part, sending))));
  }

  private CompletedPart sendPart(MultipartUpload upload, Part part, Sending sending) {
    String sha256 = part.sha256();
    UploadPartResponse answer =
        conversation.toRegion(
            location.bucket(),
            client ->
                client.uploadPart(
                    r ->
                        r.bucket(location.bucket().value())
                            .key(location.key())
                            .uploadId(upload.id())
                            .partNumber(part.number())
                            .checksumSHA256(sha256)
                            .overrideConfiguration(conversation.signed(Sending.LONGEST)),
                    sending.body()));
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(answer.eTag())
        .checksumSHA256(sha256)
        .build();
  }

  private void awaitFirst() {
    OnTheWay first = sent.getFirst();
    arrived.add(first.sending().await(subject, first.answer()));
    first.part().close();
    sent.removeFirst();
  }

  private Written complete(MultipartUpload upload) {
    try {
      CompleteMultipartUploadResponse answer =
          upload.complete(
              arrived,
              request ->
                  S3Writing.ifHolds(
                      options.precondition(), request::ifNoneMatch, request::ifMatch));
      return new Written(
          Etags.bare(answer.eTag()), Optional.ofNullable(answer.versionId()), sizeBytes);
    } catch (SdkException e) {
      throw S3Writing.refused(subject, options.precondition(), e);
    }
  }
}
