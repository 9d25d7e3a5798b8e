package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ToolCall;
import java.io.IOException;

/// The asked part of an object, in memory.
///
/// @param info of the whole object
/// @param offset where the part begins
/// @param bytes the part
record ObjectPart(ObjectInfo info, long offset, byte[] bytes) {
  private static final int MAX_BYTES = 10 << 20;
  // The largest integer that every JSON reader keeps.
  private static final long MAX_OFFSET = (1L << 53) - 1;

  static Parameter maxBytesParameter() {
    return Parameter.whole("max_bytes", 1, MAX_BYTES, "Most bytes to read").or(65_536);
  }

  static Parameter offsetParameter() {
    return Parameter.whole(
            "offset", 0, MAX_OFFSET, "First byte to read; next_offset of the answer before")
        .or(0);
  }

  static ObjectPart read(ObjectStore store, ObjectLocation location, ToolCall call) {
    long offset = call.arguments().whole("offset");
    int length = Math.min(call.arguments().wholeInt("max_bytes"), call.limits().readBytes());
    try (ObjectContent content = open(store, location, new ByteRange(offset, length))) {
      call.output().reserve(Math.clamp(content.info().sizeBytes() - offset, 0, length));
      return new ObjectPart(content.info(), offset, content.stream().readNBytes(length));
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "Reading %s broke off; try again".formatted(Quoted.visible(location.uri())),
          e);
    }
  }

  private static ObjectContent open(ObjectStore store, ObjectLocation location, ByteRange range) {
    try {
      return store.open(location, range);
    } catch (Fault e) {
      if (e.code() == FaultCode.NOT_FOUND) {
        throw MissingObject.at(location);
      }
      throw e;
    }
  }

  /// Whether bytes follow behind the first so many of the part.
  boolean isTruncatedAfter(int length) {
    return offset + length < info.sizeBytes();
  }

  /// Whether the object ends with this part.
  boolean isLast() {
    return !isTruncatedAfter(bytes.length);
  }
}
