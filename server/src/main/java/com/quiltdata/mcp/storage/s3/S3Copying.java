package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Copies objects inside S3: no byte comes here. Content type and metadata go along. What is 8 MiB
/// or longer is copied in parts of the chunk size of Quilt's chunked hash, with SHA-256, so that S3
/// makes that hash.
///
/// @param conversation with the caller's credentials
/// @param reading looks at the source and at what was written
record S3Copying(Conversation conversation, S3Reading reading) {
  private static final int MOST_PARTS = 10_000;
  private static final int ON_THE_WAY = 8;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  // The least that S3 is taken to copy in a second, between regions too.
  private static final long BYTES_A_SECOND = 10 << 20;

  ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    S3Writing.requireNoVersion(target);
    // A service that stands in for S3 may not know conditions of copies.
    if (conversation.endpoint().isPresent() && !holds(target, condition)) {
      throw S3Faults.conflict(new IllegalStateException("the target is another one"));
    }
    HeadObjectResponse head =
        reading.head(source, _ -> {}).orElseThrow(() -> S3Reading.missing(source));
    Written written =
        S3Faults.translate(
            Quoted.of(source.uri()),
            () -> {
              try {
                return head.contentLength() >= Part.MOST
                    ? copyParts(source, target, head, condition)
                    : copyWhole(source, target, head, condition);
              } catch (S3Exception e) {
                throw S3Writing.refused(Quoted.of(target.uri()), condition, e);
              }
            });
    PutOptions options =
        new PutOptions(
            Optional.ofNullable(head.contentType()), KeptMetadata.decoded(head.metadata()));
    return new S3Writing(conversation, reading).look(target, written, options);
  }

  private boolean holds(ObjectLocation target, Precondition condition) {
    return switch (condition) {
      case Precondition.None _ -> true;
      case Precondition.Absent _ -> reading.find(target).isEmpty();
      case Precondition.Unchanged(String etag) ->
          reading.find(target).filter(info -> info.etag().equals(etag)).isPresent();
    };
  }

  private Written copyWhole(
      ObjectLocation source,
      ObjectLocation target,
      HeadObjectResponse head,
      Precondition condition) {
    CopyObjectRequest.Builder request =
        CopyObjectRequest.builder()
            .sourceBucket(source.bucket().value())
            .sourceKey(source.key())
            .sourceVersionId(source.versionId().orElse(null))
            .copySourceIfMatch(head.eTag())
            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
            .destinationBucket(target.bucket().value())
            .destinationKey(target.key())
            .overrideConfiguration(conversation.signed(limit(head.contentLength())));
    S3Writing.ifHolds(condition, request::ifNoneMatch, request::ifMatch);
    CopyObjectResponse answer =
        conversation.toRegion(target.bucket(), client -> client.copyObject(request.build()));
    return new Written(
        Etags.bare(answer.copyObjectResult().eTag()),
        Optional.ofNullable(answer.versionId()),
        head.contentLength());
  }

  private static Duration limit(long bytes) {
    return SHORTEST.plusSeconds(bytes / BYTES_A_SECOND);
  }

  private Written copyParts(
      ObjectLocation source,
      ObjectLocation target,
      HeadObjectResponse head,
      Precondition condition) {
    try {
      return copyParts(source, target, head, condition, Optional.of(ChecksumAlgorithm.SHA256));
    } catch (NoChecksumException notMade) {
      return copyParts(source, target, head, condition, Optional.empty());
    }
  }

  /// The service does not make checksums of parts that it copies.
  private static final class NoChecksumException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Written copyParts(
      ObjectLocation source,
      ObjectLocation target,
      HeadObjectResponse head,
      Precondition condition,
      Optional<ChecksumAlgorithm> algorithm) {
    MultipartUpload upload =
        MultipartUpload.begin(
            conversation,
            target,
            request -> {
              request
                  .contentType(head.contentType())
                  .cacheControl(head.cacheControl())
                  .contentDisposition(head.contentDisposition())
                  .contentEncoding(head.contentEncoding())
                  .contentLanguage(head.contentLanguage())
                  .metadata(head.metadata());
              algorithm.ifPresent(request::checksumAlgorithm);
            });
    return upload.orAbort(() -> {
      var answer =
          upload.complete(
              parts(source, upload, head, algorithm.isPresent()),
              request -> S3Writing.ifHolds(condition, request::ifNoneMatch, request::ifMatch));
      return new Written(
          Etags.bare(answer.eTag()), Optional.ofNullable(answer.versionId()), head.contentLength());
    });
  }

  private List<CompletedPart> parts(
      ObjectLocation source,
      MultipartUpload upload,
      HeadObjectResponse head,
      boolean hasChecksums) {
    long size = head.contentLength();
    long length = partLength(size);
    Semaphore gate = new Semaphore(ON_THE_WAY);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CompletedPart>> sent = new ArrayList<>();
      try {
        for (long start = 0; start < size; start += length) {
          long from = start;
          int number = sent.size() + 1;
          gate.acquire();
          sent.add(
              threads.submit(() -> {
                try {
                  return copyPart(
                      source, upload, head, number, from, Math.min(length, size - from));
                } finally {
                  gate.release();
                }
              }));
        }
        List<CompletedPart> arrived = new ArrayList<>();
        for (Future<CompletedPart> one : sent) {
          CompletedPart part = one.get();
          if (hasChecksums && part.checksumSHA256() == null) {
            throw new NoChecksumException();
          }
          arrived.add(part);
        }
        return arrived;
      } catch (InterruptedException e) {
        throw S3Faults.cancelled(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SdkException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Fault fault) {
          throw fault;
        }
        throw S3Faults.unavailable(Quoted.of(source.uri()), e);
      } finally {
        sent.forEach(one -> one.cancel(true));
      }
    }
  }

  /// 8 MiB, doubled until 10,000 parts are enough.
  private static long partLength(long size) {
    long length = Part.MOST;
    while (Math.ceilDiv(size, length) > MOST_PARTS) {
      length *= 2;
    }
    return length;
  }

  private CompletedPart copyPart(
      ObjectLocation source,
      MultipartUpload upload,
      HeadObjectResponse head,
      int number,
      long start,
      long length) {
    ObjectLocation target = upload.location();
    CopyPartResult copied =
        conversation
            .toRegion(
                target.bucket(),
                client ->
                    client.uploadPartCopy(r ->
                        r.sourceBucket(source.bucket().value())
                            .sourceKey(source.key())
                            .sourceVersionId(source.versionId().orElse(null))
                            .copySourceIfMatch(head.eTag())
                            .copySourceRange("bytes=%d-%d".formatted(start, start + length - 1))
                            .destinationBucket(target.bucket().value())
                            .destinationKey(target.key())
                            .uploadId(upload.id())
                            .partNumber(number)
                            .overrideConfiguration(conversation.signed(limit(length)))))
            .copyPartResult();
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(copied.eTag())
        .checksumSHA256(copied.checksumSHA256())
        .build();
  }
}
