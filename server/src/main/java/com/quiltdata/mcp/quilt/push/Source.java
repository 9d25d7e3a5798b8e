package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.ObjectInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The bytes of a new entry, as they were found before anything was written.
sealed interface Source {

  /// A stored object.
  ///
  /// @param info what it was when it was found; its version is pinned where there is one
  /// @param hash of the bytes, when it is known
  /// @param meta of the entry
  record Stored(ObjectInfo info, Optional<ObjectHash> hash, ObjectNode meta) implements Source {
    @Override
    public long sizeBytes() {
      return info.sizeBytes();
    }

    @Override
    public Stored withHash(ObjectHash known) {
      return new Stored(info, Optional.of(known), meta);
    }

    @Override
    public String place() {
      return PhysicalKey.of(info.location()).format();
    }
  }

  /// Bytes that came with the push.
  ///
  /// @param bytes the content
  /// @param contentType media type, if given
  /// @param hash of the bytes, when it is known
  /// @param meta of the entry
  record Given(
      ByteBuffer bytes, Optional<String> contentType, Optional<ObjectHash> hash, ObjectNode meta)
      implements Source {
    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }

    @Override
    public long sizeBytes() {
      return bytes.remaining();
    }

    @Override
    public Given withHash(ObjectHash known) {
      return new Given(bytes, contentType, Optional.of(known), meta);
    }

    @Override
    public String place() {
      return "";
    }
  }

  /// How many bytes there are.
  long sizeBytes();

  /// Their hash, when it is known.
  Optional<ObjectHash> hash();

  /// The metadata of the entry.
  ObjectNode meta();

  /// The same with a hash.
  Source withHash(ObjectHash known);

  /// Where the bytes are now, as a physical key; empty when nowhere.
  String place();

  /// What can be said of the entry before its bytes are in their place.
  default ManifestEntry entry(LogicalKey key) {
    return new ManifestEntry(
        key, place(), StrictJson.NODES.numberNode(sizeBytes()), hash(), meta());
  }
}
