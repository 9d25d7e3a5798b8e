package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// Writes the bytes of new entries; what is stored afterwards is what was hashed before.
///
/// @param store reads and writes
/// @param written is told of every object
record Writing(ObjectStore store, Written written) {

  /// Makes a new version of an object, in a bucket that keeps the old one.
  ObjectInfo newVersion(Source source, ObjectLocation target) {
    return switch (source) {
      case Source.Given given -> put(given, target, Precondition.NONE).orElseThrow();
      case Source.Stored stored -> copy(stored, target);
    };
  }

  /// Writes an object where there is none.
  ///
  /// @return what was stored, or empty when there is one
  Optional<ObjectInfo> ifAbsent(Source source, ObjectLocation target) {
    return put(source, target, Precondition.ABSENT);
  }

  private Optional<ObjectInfo> put(Source source, ObjectLocation target, Precondition condition) {
    try (VerifiedStream bytes = open(source)) {
      try {
        return Optional.of(written.add(store.put(target, bytes, options(source).when(condition))));
      } catch (Fault e) {
        if (bytes.failure().isPresent()) {
          throw bytes.failure().get();
        }
        if (e.code() == FaultCode.CONFLICT && condition.equals(Precondition.ABSENT)) {
          return Optional.empty();
        }
        throw e;
      }
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "The bytes of %s could not be read to their end".formatted(Quoted.of(target.key())),
          e);
    }
  }

  private static PutOptions options(Source source) {
    return switch (source) {
      case Source.Given given -> new PutOptions(given.contentType(), Map.of());
      case Source.Stored(ObjectInfo info, _, _) ->
          new PutOptions(info.contentType(), info.metadata());
    };
  }

  private VerifiedStream open(Source source) throws IOException {
    ObjectHash hash =
        source.hash().orElseThrow(() -> new IllegalStateException("bytes are hashed first"));
    return switch (source) {
      case Source.Given given ->
          new VerifiedStream(
              stream(given.bytes()),
              given.sizeBytes(),
              hash,
              () -> new Fault(FaultCode.INTERNAL, "Bytes in memory changed"));
      case Source.Stored(ObjectInfo info, _, _) -> {
        ObjectContent content = store.open(info.location(), ByteRange.ALL);
        if (!SourceHashes.isSame(info, content.info())) {
          content.close();
          throw SourceHashes.changed(info);
        }
        yield new VerifiedStream(
            content.stream(), info.sizeBytes(), hash, () -> SourceHashes.changed(info));
      }
    };
  }

  private static InputStream stream(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return new ByteArrayInputStream(copy);
  }

  private ObjectInfo copy(Source.Stored source, ObjectLocation target) {
    ObjectInfo copied = written.add(store.copy(source.info().location(), target));
    if (copied.sizeBytes() != source.sizeBytes()) {
      throw SourceHashes.changed(source.info());
    }
    if (!Lookup.isPinned(source.info().location())) {
      SourceHashes.requireUnchanged(store, source.info());
    }
    Optional<ObjectHash> stored = SourceHashes.chunked(store, copied);
    if (stored.isPresent() && !stored.equals(source.hash())) {
      throw SourceHashes.changed(source.info());
    }
    return copied;
  }
}
