package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.manifest.KeyClash;

/// What a reader of manifests refused.
final class FaultyLine {
  private FaultyLine() {}

  static FindingCode code(Fault fault) {
    return fault
        .reason()
        .filter(KeyClash.class::isInstance)
        .map(KeyClash.class::cast)
        .map(clash ->
            switch (clash) {
              case DUPLICATE_KEY -> FindingCode.DUPLICATE_KEY;
              case FILE_AND_FOLDER -> FindingCode.FILE_AND_FOLDER;
            })
        .orElse(FindingCode.BROKEN_LINE);
  }
}
