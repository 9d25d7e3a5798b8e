package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One file of a package.
///
/// @param logicalKey its path in the package
/// @param physicalUri where its bytes are, as it stands in the manifest; [#physicalKey] reads it
/// @param size a number or null; a number that is written `1.0` hashes as such
/// @param hash of the bytes; empty when the manifest says null, then there is no top hash
/// @param meta the metadata of client (`format`, `target`) and user (`user_meta`); not to be
///   changed
public record ManifestEntry(
    LogicalKey logicalKey,
    String physicalUri,
    JsonNode size,
    Optional<ObjectHash> hash,
    ObjectNode meta)
    implements ManifestLine {

  /// Checks the size and makes a long of a whole number.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] when it is neither null nor a whole number from 0
  public ManifestEntry {
    if (!size.isNull() && !isSize(size)) {
      throw new Fault(FaultCode.CORRUPT_DATA, "size of an entry is no count of bytes");
    }
    if (size.isIntegralNumber() && !size.isLong()) {
      // One kind of node, so that equal sizes are equal.
      size = JsonNodeFactory.instance.numberNode(size.longValue());
    }
  }

  private static boolean isSize(JsonNode size) {
    return size.isNumber() && size.canConvertToExactIntegral() && isCount(size);
  }

  private static boolean isCount(JsonNode size) {
    return size.canConvertToLong() && size.asLong() >= 0;
  }

  /// An entry whose size and hash are known.
  ///
  /// @param logicalKey its path in the package
  /// @param physicalKey where its bytes are
  /// @param sizeBytes how many there are
  /// @param hash what they hash to
  /// @param meta the whole metadata
  /// @return the entry
  public static ManifestEntry of(
      LogicalKey logicalKey,
      PhysicalKey physicalKey,
      long sizeBytes,
      ObjectHash hash,
      ObjectNode meta) {
    return new ManifestEntry(
        logicalKey,
        physicalKey.format(),
        JsonNodeFactory.instance.numberNode(sizeBytes),
        Optional.of(hash),
        meta);
  }

  /// Where the bytes are.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] when the URI cannot be read
  public PhysicalKey physicalKey() {
    try {
      return PhysicalKey.parse(physicalUri);
    } catch (Fault e) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "The physical key of %s is broken: %s".formatted(Quoted.of(logicalKey.value()), e.text()),
          e);
    }
  }

  /// How many bytes there are; empty when the manifest does not say.
  public OptionalLong sizeBytes() {
    return size.isNull() ? OptionalLong.empty() : OptionalLong.of(size.asLong());
  }

  /// The user's metadata; empty when there is none.
  public Optional<ObjectNode> userMeta() {
    return meta.optional("user_meta")
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /// Whether another entry holds the same: size, hash and metadata. Where the bytes are does not
  /// count.
  ///
  /// @param other an entry of the same logical key
  /// @return true when a diff would not list it
  public boolean hasSameContent(ManifestEntry other) {
    return size.equals(other.size) && hash.equals(other.hash) && meta.equals(other.meta);
  }
}
