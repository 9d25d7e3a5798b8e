package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.CanonicalJson;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.OrderedManifest;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Compares a revision in the making with a stored one, without reading the bytes of files.
final class SameContent {
  private SameContent() {}

  /// Whether both may be the same revision: header, keys, sizes, metadata and those hashes that are
  /// known are equal. A stored revision that is damaged or gone is another one.
  static boolean isPossible(Draft draft, Registry registry, TopHash stored) {
    try (EntryCursor mine = draft.open();
        EntryCursor theirs = OrderedManifest.of(registry.manifest(stored)).open()) {
      if (!isSame(mine.header().json(), theirs.header().json())) {
        return false;
      }
      Optional<ManifestEntry> left = mine.next();
      Optional<ManifestEntry> right = theirs.next();
      while (left.isPresent() && right.isPresent()) {
        if (!isSame(left.get(), right.get())) {
          return false;
        }
        left = mine.next();
        right = theirs.next();
      }
      return left.isEmpty() && right.isEmpty();
    } catch (Fault e) {
      if (e.code() == FaultCode.CORRUPT_DATA || e.code() == FaultCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isSame(ManifestEntry mine, ManifestEntry theirs) {
    return mine.logicalKey().equals(theirs.logicalKey())
        && isSame(mine.size(), theirs.size())
        && (mine.hash().isEmpty() || mine.hash().equals(theirs.hash()))
        && isSame(mine.meta(), theirs.meta());
  }

  /// Equal as a top hash sees it: the kind of node that holds a number does not count.
  private static boolean isSame(JsonNode mine, JsonNode theirs) {
    return mine.equals(theirs) || CanonicalJson.text(mine).equals(CanonicalJson.text(theirs));
  }
}
