package com.quiltdata.mcp.tools;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Percent-encodes the parts of a path one by one (RFC 3986).
public final class UrlPath {
  private UrlPath() {}

  /// Whether a reader of URLs would take a part for a step in the path, however it is encoded.
  ///
  /// @param path parts joined by `/`
  /// @return true when one would
  public static boolean hasSteps(String path) {
    return Arrays.stream(path.split("/", -1))
        .anyMatch(part -> part.equals(".") || part.equals(".."));
  }

  /// A path with its parts encoded.
  ///
  /// @param path parts joined by `/`
  /// @return for a URL
  public static String encode(String path) {
    return Arrays.stream(path.split("/", -1)).map(UrlPath::part).collect(Collectors.joining("/"));
  }

  /// One part, slashes encoded too.
  ///
  /// @param text any
  /// @return for a URL
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
