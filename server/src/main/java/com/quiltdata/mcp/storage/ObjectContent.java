package com.quiltdata.mcp.storage;

import java.io.IOException;
import java.io.InputStream;

/// An open object.
///
/// @param info what is known of the whole object
/// @param stream the asked bytes
public record ObjectContent(ObjectInfo info, InputStream stream) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
