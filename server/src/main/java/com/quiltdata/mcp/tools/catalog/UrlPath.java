package com.quiltdata.mcp.tools.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Percent-encodes the parts of a path one by one (RFC 3986).
final class UrlPath {
  private UrlPath() {}

  static String encode(String path) {
    return Arrays.stream(path.split("/", -1)).map(UrlPath::part).collect(Collectors.joining("/"));
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
