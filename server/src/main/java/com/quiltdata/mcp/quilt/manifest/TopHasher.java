package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.Sha256;
import java.security.MessageDigest;
import java.util.Optional;

/// Computes the name of a revision: SHA-256 over the canonical JSON of the header and then of each
/// entry in tree order. Physical keys and metadata of folders do not count.
///
/// Not thread-safe; good for one revision.
public final class TopHasher {
  private static final byte[] HASH_TYPE = "{\"hash\":{\"type\":".getBytes(US_ASCII);
  private static final byte[] HASH_VALUE = ",\"value\":".getBytes(US_ASCII);
  private static final byte[] LOGICAL_KEY = "},\"logical_key\":".getBytes(US_ASCII);
  private static final byte[] META = ",\"meta\":".getBytes(US_ASCII);
  private static final byte[] SIZE = ",\"size\":".getBytes(US_ASCII);

  private final MessageDigest digest = Sha256.newDigest();
  private final CanonicalJson out = new CanonicalJson(digest::update);
  private Optional<LogicalKey> last = Optional.empty();

  /// Begins a revision.
  ///
  /// @param header counts as a whole
  public TopHasher(ManifestHeader header) {
    out.write(header.json());
  }

  /// Computes the top hash of a stored manifest, in one pass when it is in tree order.
  ///
  /// @param manifest what to hash
  /// @return the top hash, which is the name of the manifest when nobody changed it
  /// @throws Fault [FaultCode#CORRUPT_DATA] or [FaultCode#TOO_LARGE]
  public static TopHash hash(ManifestSource manifest) {
    return OrderedManifest.of(manifest)
        .walk(lines -> {
          TopHasher hasher = new TopHasher(lines.header());
          while (lines.advance()) {
            lines.entry().hash(hasher);
          }
          return hasher.finish();
        });
  }

  /// Takes the next entry.
  ///
  /// @param entry stands behind all before it in tree order
  /// @throws Fault [FaultCode#CORRUPT_DATA] when it has no size or no hash
  /// @throws IllegalArgumentException when it is out of order
  public void add(ManifestEntry entry) {
    LogicalKey key = entry.logicalKey();
    if (last.isPresent() && last.get().compareTo(key) >= 0) {
      throw new IllegalArgumentException("entries are hashed in tree order");
    }
    last = Optional.of(key);
    addOrdered(entry);
  }

  /// Takes the next entry, of which it is known that it stands behind all before it.
  void addOrdered(PlainLine line) {
    line.canonical(out);
  }

  /// Takes the next entry, of which it is known that it stands behind all before it.
  void addOrdered(ManifestEntry entry) {
    if (entry.hash().isEmpty() || entry.size().isNull()) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "%s has no size or no hash, so the package has no top hash"
              .formatted(Quoted.of(entry.logicalKey().value())));
    }
    ObjectHash hash = entry.hash().get();
    out.raw(HASH_TYPE);
    out.string(hash.type());
    out.raw(HASH_VALUE);
    out.string(hash.value());
    out.raw(LOGICAL_KEY);
    out.string(entry.logicalKey().value());
    out.raw(META);
    out.write(entry.meta());
    out.raw(SIZE);
    out.write(entry.size());
    out.raw('}');
  }

  /// The hash of all that was taken; ends the use of this hasher.
  public TopHash finish() {
    out.flush();
    return TopHash.of(digest.digest());
  }
}
