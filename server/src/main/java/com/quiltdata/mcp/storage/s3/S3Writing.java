package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes and removes objects. What fits into one part is sent at once, anything longer part by
/// part; both come with the SHA-256 of what was read.
///
/// @param conversation with the caller's credentials
/// @param reading to look at what was written
record S3Writing(Conversation conversation, S3Reading reading) {
  ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    requireNoVersion(location);
    String subject = Quoted.of(location.uri());
    Part first = Part.read(1, bytes, conversation.room(), subject);
    Written written;
    try (first) {
      written =
          first.isFull()
              ? new MultipartPut(conversation, location, options).put(first, bytes)
              : putWhole(location, first, options);
    }
    return look(location, written, options);
  }

  static void requireNoVersion(ObjectLocation location) {
    if (location.versionId().isPresent()) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "Object %s cannot be written: leave the version out"
              .formatted(Quoted.of(location.uri())));
    }
  }

  private Written putWhole(ObjectLocation location, Part whole, PutOptions options) {
    String subject = Quoted.of(location.uri());
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(location.bucket().value())
            .key(location.key())
            .metadata(KeptMetadata.encoded(options.metadata()))
            .checksumSHA256(whole.sha256())
            .overrideConfiguration(conversation.signed(Sending.LONGEST));
    options.contentType().ifPresent(request::contentType);
    ifHolds(options.precondition(), request::ifNoneMatch, request::ifMatch);
    try {
      PutObjectResponse answer =
          Sending.of(
              subject,
              new Sending(whole, conversation.deadlines()),
              body ->
                  conversation.toRegion(
                      location.bucket(), client -> client.putObject(request.build(), body)));
      return new Written(
          Etags.bare(answer.eTag()), Optional.ofNullable(answer.versionId()), whole.length());
    } catch (SdkException e) {
      return settle(location, options.precondition(), e, whole.md5())
          .map(Written::of)
          .orElseThrow(() -> refused(subject, options.precondition(), e));
    }
  }

  /// Gives a condition to a request.
  static void ifHolds(
      Precondition condition, Consumer<String> ifNoneMatch, Consumer<String> ifMatch) {
    switch (condition) {
      case Precondition.None _ -> {}
      case Precondition.Absent _ -> ifNoneMatch.accept("*");
      case Precondition.Unchanged(String etag) -> ifMatch.accept(Etags.quoted(etag));
    }
  }

  /// A conflict with ourselves is none: where the answer to an attempt was lost, the next one finds
  /// what the first one wrote.
  ///
  /// @param etag that our bytes have where S3 makes it from them alone
  /// @return what was written after all
  private Optional<ObjectInfo> settle(
      ObjectLocation location, Precondition condition, SdkException e, String etag) {
    if (!isAgain(e) || !isConflict(condition, e)) {
      return Optional.empty();
    }
    return reading.find(location).filter(info -> info.etag().equals(etag));
  }

  private static boolean isAgain(SdkException e) {
    return Optional.ofNullable(e.numAttempts()).orElse(1) > 1;
  }

  static Fault refused(String subject, Precondition condition, SdkException e) {
    return isConflict(condition, e) ? S3Faults.conflict(e) : S3Faults.of(subject, e);
  }

  private static boolean isConflict(Precondition condition, SdkException e) {
    if (condition instanceof Precondition.None || !(e instanceof S3Exception refusal)) {
      return false;
    }
    return switch (refusal.statusCode()) {
      case 409, 412 -> true;
      // There is nothing that could be unchanged, or an upload that ended meanwhile.
      case 404 -> !S3Faults.code(refusal).equals("NoSuchBucket");
      default -> false;
    };
  }

  /// What is known of an object that was written, as a look at it tells.
  ObjectInfo look(ObjectLocation location, Written written, PutOptions options) {
    ObjectLocation place = written.versionId().map(location::withVersion).orElse(location);
    ObjectInfo found =
        reading
            .find(place)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.CONFLICT,
                    "Object %s was written, and removed again by somebody else"
                        .formatted(Quoted.of(location.uri()))));
    // Without versions somebody may have replaced it already; that is not what was stored here.
    return found.etag().equals(written.etag())
        ? found
        : new ObjectInfo(
            place,
            written.sizeBytes(),
            found.lastModified(),
            written.etag(),
            options.contentType(),
            found.storageClass(),
            options.metadata());
  }

  void delete(ObjectLocation location, Precondition condition) {
    String subject = Quoted.of(location.uri());
    if (condition instanceof Precondition.Absent) {
      // S3 has no such condition for what there is nothing to remove of.
      if (reading.find(location).isPresent()) {
        throw S3Faults.conflict(new IllegalStateException("there is an object"));
      }
      return;
    }
    DeleteObjectRequest.Builder request =
        DeleteObjectRequest.builder()
            .bucket(location.bucket().value())
            .key(location.key())
            .versionId(location.versionId().orElse(null))
            .overrideConfiguration(conversation.signed());
    ifHolds(condition, _ -> {}, request::ifMatch);
    try {
      conversation.toRegion(location.bucket(), client -> client.deleteObject(request.build()));
    } catch (SdkException e) {
      boolean isGone =
          condition instanceof Precondition.None
              && e instanceof S3Exception refusal
              && S3Reading.isMissing(location, refusal);
      boolean wasOurs = isAgain(e) && isConflict(condition, e) && reading.find(location).isEmpty();
      if (!isGone && !wasOurs) {
        throw refused(subject, condition, e);
      }
    }
  }
}
