package com.quiltdata.mcp.storage;

/// What must hold at the moment of a write for it to happen. A store decides this and writes in one
/// step, so that of several writers with the same condition one wins.
public sealed interface Precondition {
  /// Nothing: an object of the same key is replaced.
  Precondition NONE = new None();

  /// There is no object of this key, or a delete marker hides it.
  Precondition ABSENT = new Absent();

  /// See [#NONE].
  record None() implements Precondition {}

  /// See [#ABSENT].
  record Absent() implements Precondition {}

  /// The object is still the one that was read.
  ///
  /// @param etag of [ObjectInfo]
  record Unchanged(String etag) implements Precondition {}
}
