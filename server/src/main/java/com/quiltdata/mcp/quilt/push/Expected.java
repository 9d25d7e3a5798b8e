package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.TopHash;

/// What `latest` of a package may be before a push. No `latest` at all is always fine.
public sealed interface Expected {
  /// See [Anything].
  Expected ANYTHING = new Anything();

  /// See [Nothing].
  Expected NOTHING = new Nothing();

  /// Any revision. It still is the one that was there when the push began, or the push fails.
  record Anything() implements Expected {}

  /// None: the package is new.
  record Nothing() implements Expected {}

  /// One revision, which is the one that the pusher knows.
  ///
  /// @param hash its top hash
  record Revision(TopHash hash) implements Expected {}
}
