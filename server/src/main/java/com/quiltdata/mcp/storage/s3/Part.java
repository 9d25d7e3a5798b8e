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

/// Some bytes of an object, in memory: at most 8 MiB, and less only at the end of the object.
///
/// @param number from 1
/// @param bytes may be longer than the part
/// @param length of the part
record Part(int number, byte[] bytes, int length) {
  /// The most that one part holds; also the chunk of Quilt's chunked hash, so that S3 keeps that.
  static final int MOST = 8 << 20;

  private static final int FIRST = 64 << 10;

  /// Reads the next part.
  ///
  /// @param number from 1
  /// @param source read until the part is full or the source ends
  /// @param subject what is written, for faults
  static Part read(int number, InputStream source, String subject) {
    byte[] bytes = new byte[number == 1 ? FIRST : MOST];
    int length = 0;
    try {
      while (length < MOST) {
        if (Thread.currentThread().isInterrupted()) {
          throw S3Faults.cancelled(new InterruptedException());
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.min(MOST, 4 * bytes.length));
        }
        int count = source.read(bytes, length, bytes.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
      return new Part(number, bytes, length);
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
