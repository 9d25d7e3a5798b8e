package com.quiltdata.mcp.transport.http;

/// An answer of server-sent events, each on the wire when its method returns. Used by the
/// connection's thread alone.
///
/// Writing blocks while the client does not read, and throws once it is gone; let it pass. See the
/// WHATWG HTML standard, section 9.2.
public interface SseStream extends AutoCloseable {
  /// Sends a message.
  ///
  /// @param data one line of UTF-8
  void event(byte[] data);

  /// Sends a message with an id to resume behind.
  ///
  /// @param id one line, not empty
  /// @param data one line of UTF-8, may be empty
  void event(String id, byte[] data);

  /// Sends a line that clients ignore and balancers count as life.
  void comment();

  /// Ends the stream. Later calls do nothing.
  @Override
  void close();
}
