package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;

/// Goes through the entries of one manifest in tree order, once, and decodes none of them by
/// itself. What [EntryCursor] is made of.
interface LineCursor extends AutoCloseable {

  /// The header of the manifest.
  ManifestHeader header();

  /// Goes to the next entry.
  ///
  /// @return false at the end
  /// @throws Fault what reading a manifest throws
  boolean advance();

  /// As [#advance], and sooner there when the next entry has the same bytes as another one.
  ///
  /// @param likely an entry of another cursor, which the next one of this cursor may equal
  default boolean advance(EntryLine likely) {
    return advance();
  }

  /// The entry that [#advance] went to, until it goes on; always the same object.
  EntryLine entry();

  /// Gives back what the cursor holds.
  @Override
  default void close() {}
}
