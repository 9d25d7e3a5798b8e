package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.fault.Fault;

/// Tells what a reader of manifests refused, by the words that it uses.
final class FaultyLine {
  private FaultyLine() {}

  static FindingCode code(Fault fault) {
    if (fault.text().endsWith("stands there twice")) {
      return FindingCode.DUPLICATE_KEY;
    }
    return fault.text().endsWith("is both a file and a folder")
        ? FindingCode.FILE_AND_FOLDER
        : FindingCode.BROKEN_LINE;
  }
}
