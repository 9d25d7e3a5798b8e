package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.Optional;

/// Which part of a package to list.
///
/// @param folder only what lies below it: empty for all, else with a final slash
/// @param depth how many levels below the folder are shown; deeper files are folded into their
///   folder. 0 for all levels, then no folders are listed
/// @param limit the most items on a page
/// @param after the path of the last item of the page before
public record ListingRequest(String folder, int depth, int limit, Optional<String> after) {

  /// Checks the numbers and the form of the folder.
  ///
  /// @throws Fault [FaultCode#INVALID_LOGICAL_KEY] or [FaultCode#INVALID_ARGUMENT]
  public ListingRequest {
    if (!folder.isEmpty()) {
      if (!folder.endsWith("/")) {
        folder = folder + "/";
      }
      LogicalKey.parse(folder.substring(0, folder.length() - 1));
    }
    if (depth < 0 || limit < 0) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "Depth and limit of a listing start at 0");
    }
  }

  /// All files of a package, from the first.
  ///
  /// @param limit the most items on a page
  /// @return the request
  public static ListingRequest all(int limit) {
    return new ListingRequest("", 0, limit, Optional.empty());
  }
}
