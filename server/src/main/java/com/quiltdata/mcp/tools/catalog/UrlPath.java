package com.quiltdata.mcp.tools.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Percent-encodes the parts of a path one by one (RFC 3986).
final class UrlPath {
  private UrlPath() {}

  /// Whether a reader of URLs would take a part for a step in the path, however it is encoded.
  static boolean hasSteps(String path) {
    return Arrays.stream(path.split("/", -1))
        .anyMatch(part -> part.equals(".") || part.equals(".."));
  }

  static String encode(String path) {
    return Arrays.stream(path.split("/", -1)).map(UrlPath::part).collect(Collectors.joining("/"));
  }

  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
