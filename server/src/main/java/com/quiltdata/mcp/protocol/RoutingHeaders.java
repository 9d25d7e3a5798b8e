package com.quiltdata.mcp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The HTTP headers of stateless revisions, which repeat what the body says (MCP 2026-07-28,
/// basic/transports, "Request headers").
public final class RoutingHeaders {
  /// The revision. Of revisions with `initialize` too.
  public static final String VERSION = "MCP-Protocol-Version";

  /// The method.
  public static final String METHOD = "Mcp-Method";

  /// What the method works on, see [#named].
  public static final String NAME = "Mcp-Name";

  /// Start of the headers that repeat arguments of a tool.
  public static final String PARAMETER = "Mcp-Param-";

  static final String ENCODED_START = "=?base64?";
  static final String ENCODED_END = "?=";

  /// Which member of the parameters `Mcp-Name` repeats.
  private static final Map<String, String> NAMED =
      Map.of(
          "tools/call", "name",
          "prompts/get", "name",
          "resources/read", "uri",
          "tasks/get", "taskId",
          "tasks/update", "taskId",
          "tasks/cancel", "taskId");

  private RoutingHeaders() {}

  /// The member of the parameters that `Mcp-Name` repeats.
  ///
  /// @param method of the request
  /// @return its name, or empty when requests of this method have no `Mcp-Name`
  public static Optional<String> named(String method) {
    return Optional.ofNullable(NAMED.get(method));
  }

  /// A text as a header value: itself, or `=?base64?…?=` when it is not plain ASCII.
  ///
  /// @param text any text
  /// @return what a header may hold
  public static String encoded(String text) {
    boolean isPlain =
        !text.isEmpty()
            && !text.startsWith("=?")
            && text.equals(text.strip())
            && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return isPlain
        ? text
        : ENCODED_START
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + ENCODED_END;
  }
}
