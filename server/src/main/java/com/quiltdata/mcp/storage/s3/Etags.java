package com.quiltdata.mcp.storage.s3;

import org.jspecify.annotations.Nullable;

/// Forms of what S3 says of every object.
final class Etags {
  /// The storage class that answers leave out.
  static final String USUAL_CLASS = "STANDARD";

  private Etags() {}

  /// Without the quotes that it travels in; empty when there is none.
  static String bare(@Nullable String etag) {
    if (etag == null) {
      return "";
    }
    boolean isQuoted = etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"");
    return isQuoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  static String quoted(String etag) {
    return "\"" + etag + "\"";
  }
}
