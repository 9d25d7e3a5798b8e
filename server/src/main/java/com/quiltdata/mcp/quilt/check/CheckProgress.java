package com.quiltdata.mcp.quilt.check;

/// Hears how far a check is, on the thread that asked for it.
@FunctionalInterface
public interface CheckProgress {
  /// Nobody listens.
  CheckProgress NONE = _ -> {};

  /// Tells how many entries were checked.
  ///
  /// @param entries so far; how many there will be is not known
  void checked(long entries);
}
