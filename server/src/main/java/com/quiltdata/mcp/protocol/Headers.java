package com.quiltdata.mcp.protocol;

import java.util.List;

/// The HTTP headers of a request, as the protocol core needs them.
@FunctionalInterface
public interface Headers {
  /// The values of a header in the order they came; empty when it is absent.
  ///
  /// @param name compared without case
  /// @return its values, blanks around each removed
  List<String> values(String name);
}
