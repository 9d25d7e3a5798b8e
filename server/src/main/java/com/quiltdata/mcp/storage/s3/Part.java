package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Some bytes of an object, in memory: at most 8 MiB, and less only at the end of the object.
///
/// @param number from 1
/// @param bytes may be longer than the part
/// @param length of the part
/// @param place what it takes of the room for all; none when it is small
record Part(int number, byte[] bytes, int length, Optional<PartRoom.Place> place)
    implements AutoCloseable {
  /// The most that one part holds; also the chunk of Quilt's chunked hash, so that S3 keeps that.
  static final int MOST = 8 << 20;

  private static final int SMALL = 64 << 10;

  /// Reads the next part. The caller closes it when it has been sent.
  ///
  /// @param number from 1
  /// @param source read until the part is full or the source ends
  /// @param room for parts
  /// @param subject what is written, for faults
  static Part read(int number, InputStream source, PartRoom room, String subject) {
    byte[] bytes = new byte[SMALL];
    int length = fill(bytes, 0, source, subject);
    if (length < SMALL) {
      return new Part(number, bytes, length, Optional.empty());
    }
    PartRoom.Place place = room.take();
    boolean isRead = false;
    try {
      while (length == bytes.length && length < MOST) {
        bytes = Arrays.copyOf(bytes, number == 1 ? Math.min(MOST, 4 * bytes.length) : MOST);
        length = fill(bytes, length, source, subject);
      }
      isRead = true;
      return new Part(number, bytes, length, Optional.of(place));
    } finally {
      if (!isRead) {
        place.close();
      }
    }
  }

  private static int fill(byte[] bytes, int from, InputStream source, String subject) {
    int length = from;
    try {
      while (length < bytes.length) {
        if (Thread.currentThread().isInterrupted()) {
          throw S3Faults.cancelled(new InterruptedException());
        }
        int count = source.read(bytes, length, bytes.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
      return length;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "What was to be stored at %s cannot be read".formatted(subject),
          e);
    }
  }

  /// Whether more may follow.
  boolean isFull() {
    return length == MOST;
  }

  /// Gives its room back.
  @Override
  public void close() {
    place.ifPresent(PartRoom.Place::close);
  }

  /// In base64, as S3 takes it.
  String sha256() {
    return Base64.getEncoder().encodeToString(digest("SHA-256"));
  }

  /// In hexadecimal, as S3 often makes its etags.
  String md5() {
    return HexFormat.of().formatHex(digest("MD5"));
  }

  private byte[] digest(String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
