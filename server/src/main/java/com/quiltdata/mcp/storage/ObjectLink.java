package com.quiltdata.mcp.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A link to an object.
///
/// @param text a URI: `https:` for S3, `file:` for a local folder
/// @param expiresAt when it stops working; empty when it does not
public record ObjectLink(String text, Optional<Instant> expiresAt) {
  /// A link.
  ///
  /// @param uri where it leads
  /// @param expiresAt when it stops working; empty when it does not
  public ObjectLink(URI uri, Optional<Instant> expiresAt) {
    this(uri.toString(), expiresAt);
  }

  /// The text as a URI; reading it costs more than making the link.
  public URI uri() {
    return URI.create(text);
  }
}
