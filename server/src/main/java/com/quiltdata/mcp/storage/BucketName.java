package com.quiltdata.mcp.storage;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.regex.Pattern;

/// The name of a bucket under the S3 rules for general purpose buckets: 3 to 63 of `a-z 0-9 . -`, a
/// letter or digit at both ends, no `..`, `.-` or `-.`, no IPv4 form, no reserved prefix or suffix.
///
/// @param value the bare name, without `s3://`
public record BucketName(String value) implements Comparable<BucketName> {
  private static final int MIN_CHARS = 3;
  private static final int MAX_CHARS = 63;
  private static final Pattern EMPTY_LABEL = Pattern.compile("\\.[.-]|-\\.");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final String[] RESERVED_PREFIXES = {"xn--", "sthree-", "amzn-s3-demo-"};
  private static final String[] RESERVED_SUFFIXES = {
    "-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"
  };

  /// Checks the rules.
  ///
  /// @throws Fault [FaultCode#INVALID_BUCKET]
  public BucketName {
    if (!isValid(value)) {
      throw new Fault(
          FaultCode.INVALID_BUCKET,
          "Invalid bucket name %s: use 3 to 63 lower-case letters, digits, dots and hyphens"
              .formatted(Quoted.of(value)));
    }
  }

  /// Reads `name` or `s3://name`, with or without a final slash.
  ///
  /// @param text as a tool argument gives it
  /// @return the name
  /// @throws Fault [FaultCode#INVALID_BUCKET]
  public static BucketName parse(String text) {
    String name = text;
    if (name.startsWith("s3://")) {
      name = name.substring("s3://".length());
      if (name.endsWith("/")) {
        name = name.substring(0, name.length() - 1);
      }
    }
    return new BucketName(name);
  }

  /// Whether a text is a name under these rules.
  ///
  /// @param name any text
  /// @return true when it is
  public static boolean isValid(String name) {
    if (!isSpelledRight(name) || (name.indexOf('.') >= 0 && !isDotted(name))) {
      return false;
    }
    for (String prefix : RESERVED_PREFIXES) {
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    for (String suffix : RESERVED_SUFFIXES) {
      if (name.endsWith(suffix)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpelledRight(String name) {
    int last = name.length() - 1;
    if (last < MIN_CHARS - 1 || last >= MAX_CHARS) {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      char c = name.charAt(i);
      boolean isAlphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean isInner = i > 0 && i < last && (c == '.' || c == '-');
      if (!isAlphanumeric && !isInner) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDotted(String name) {
    return !EMPTY_LABEL.matcher(name).find() && !IPV4.matcher(name).matches();
  }

  @Override
  public int compareTo(BucketName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
