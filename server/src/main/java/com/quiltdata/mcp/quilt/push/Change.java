package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What happens to one logical key of a package.
public sealed interface Change {

  /// A stored object becomes the file, in place of one that was there.
  ///
  /// @param source where it is; without a version the current one, which is then pinned
  /// @param userMeta the user's metadata of the file; empty for none
  record PutObject(ObjectLocation source, Optional<ObjectNode> userMeta) implements Change {}

  /// Bytes that are stored nowhere yet become the file, for example a README that was written here.
  ///
  /// @param bytes up to 8 MiB
  /// @param contentType media type; empty to go by the name
  /// @param userMeta the user's metadata of the file; empty for none
  record PutBytes(ByteBuffer bytes, Optional<String> contentType, Optional<ObjectNode> userMeta)
      implements Change {
    /// The most bytes.
    public static final int MAX_BYTES = 8 << 20;

    /// Copies the bytes.
    ///
    /// @throws Fault [FaultCode#TOO_LARGE]
    public PutBytes {
      if (bytes.remaining() > MAX_BYTES) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "A file given with the call may have %d bytes; store larger ones as objects first"
                .formatted(MAX_BYTES));
      }
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
      copy.put(bytes.duplicate()).flip();
      bytes = copy.asReadOnlyBuffer();
    }

    /// The bytes, from their beginning.
    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }
  }

  /// A file of another package, or of another revision, becomes the file, metadata included.
  ///
  /// Its hash is taken over where the bytes cannot have changed since, in a pinned version.
  /// Elsewhere it is computed again.
  ///
  /// @param entry as it stands in the other manifest
  record PutEntry(ManifestEntry entry) implements Change {}

  /// The file goes.
  record Remove() implements Change {}
}
