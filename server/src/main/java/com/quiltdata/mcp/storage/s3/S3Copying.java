package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
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
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Copies objects inside S3: no byte comes here. Content type and metadata go along.
///
/// @param conversation with the caller's credentials
/// @param reading looks at the source and at what was written
/// @param mostAtOnce what is longer is copied part by part
/// @param part the least bytes of such a part
record S3Copying(Conversation conversation, S3Reading reading, long mostAtOnce, long part) {
  /// The most that S3 copies in one request: 5 GiB.
  static final long MOST_AT_ONCE = 5L << 30;

  /// The bytes of a part of a longer copy, unless there would be too many parts.
  static final long PART = 512L << 20;

  private static final int MOST_PARTS = 10_000;
  private static final int ON_THE_WAY = 4;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  // The least that S3 is taken to copy in a second, between regions too.
  private static final long BYTES_A_SECOND = 10 << 20;

  ObjectInfo copy(ObjectLocation source, ObjectLocation target) {
    S3Writing.requireNoVersion(target);
    HeadObjectResponse head =
        reading.head(source, _ -> {}).orElseThrow(() -> S3Reading.missing(source));
    Written written =
        S3Faults.translate(
            Quoted.of(source.uri()),
            () -> {
              try {
                return head.contentLength() > mostAtOnce
                    ? copyParts(source, target, head)
                    : copyWhole(source, target, head);
              } catch (S3Exception e) {
                if (S3Faults.code(e).equals("PreconditionFailed")) {
                  throw S3Faults.conflict(e);
                }
                throw e;
              }
            });
    PutOptions options =
        new PutOptions(
            Optional.ofNullable(head.contentType()), KeptMetadata.decoded(head.metadata()));
    return new S3Writing(conversation, reading).look(target, written, options);
  }

  private Written copyWhole(ObjectLocation source, ObjectLocation target, HeadObjectResponse head) {
    CopyObjectResponse answer =
        conversation.toRegion(
            target.bucket(),
            client ->
                client.copyObject(r ->
                    r.sourceBucket(source.bucket().value())
                        .sourceKey(source.key())
                        .sourceVersionId(source.versionId().orElse(null))
                        .copySourceIfMatch(head.eTag())
                        .destinationBucket(target.bucket().value())
                        .destinationKey(target.key())
                        .overrideConfiguration(conversation.signed(limit(head.contentLength())))));
    return new Written(
        Etags.bare(answer.copyObjectResult().eTag()),
        Optional.ofNullable(answer.versionId()),
        head.contentLength());
  }

  private static Duration limit(long bytes) {
    return SHORTEST.plusSeconds(bytes / BYTES_A_SECOND);
  }

  private Written copyParts(ObjectLocation source, ObjectLocation target, HeadObjectResponse head) {
    MultipartUpload upload =
        MultipartUpload.begin(
            conversation,
            target,
            request ->
                request
                    .contentType(head.contentType())
                    .cacheControl(head.cacheControl())
                    .contentDisposition(head.contentDisposition())
                    .contentEncoding(head.contentEncoding())
                    .contentLanguage(head.contentLanguage())
                    .metadata(head.metadata()));
    return upload.orAbort(() -> {
      var answer = upload.complete(parts(source, upload, head), _ -> {});
      return new Written(
          Etags.bare(answer.eTag()), Optional.ofNullable(answer.versionId()), head.contentLength());
    });
  }

  private List<CompletedPart> parts(
      ObjectLocation source, MultipartUpload upload, HeadObjectResponse head) {
    long size = head.contentLength();
    long length = Math.max(part, (size + MOST_PARTS - 1) / MOST_PARTS);
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
          arrived.add(one.get());
        }
        return arrived;
      } catch (InterruptedException e) {
        throw S3Faults.cancelled(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SdkException failure) {
          throw failure;
        }
        throw S3Faults.unavailable(Quoted.of(source.uri()), e);
      } finally {
        sent.forEach(one -> one.cancel(true));
      }
    }
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
    return CompletedPart.builder().partNumber(number).eTag(copied.eTag()).build();
  }
}
