package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.HexFormat;

/// The name of one revision: the SHA-256 over its header and entries, see `manifest.TopHasher`.
///
/// @param value 64 lower-case hexadecimal digits
public record TopHash(String value) {
  /// The length of the text.
  public static final int LENGTH = 64;

  private static final int SHORT_LENGTH = 10;

  /// Checks length and digits.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  public TopHash {
    if (!isValid(value)) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "Invalid hash: " + Quoted.of(value));
    }
  }

  /// Reads a hash.
  ///
  /// @param text 64 lower-case hexadecimal digits
  /// @return the hash
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  public static TopHash parse(String text) {
    return new TopHash(text);
  }

  /// Whether a text is a top hash.
  ///
  /// @param text what may be one
  /// @return true when [#parse] would take it
  public static boolean isValid(String text) {
    return text.length() == LENGTH && isLowerHex(text);
  }

  /// A hash from its bytes.
  ///
  /// @param digest 32 bytes
  /// @return the hash
  public static TopHash of(byte[] digest) {
    return new TopHash(HexFormat.of().formatHex(digest));
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// The first ten digits, which is how the catalog shows a revision.
  public String shortForm() {
    return value.substring(0, SHORT_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
