package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.FaultReason;

/// Why two entries of a manifest cannot both be there.
public enum KeyClash implements FaultReason {
  /// They have the same logical key.
  DUPLICATE_KEY,
  /// The key of one is a folder of the other.
  FILE_AND_FOLDER
}
