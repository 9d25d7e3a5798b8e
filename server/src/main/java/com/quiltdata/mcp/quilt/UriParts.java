package com.quiltdata.mcp.quilt;

/// A URI behind its scheme, cut at `//`, `/`, `?` and `#` and not decoded.
///
/// Looser than [java.net.URI] on purpose: manifests hold blanks, brackets and raw Unicode.
///
/// @param host between `//` and the path; empty when there is none
/// @param path from its first slash; empty when there is none
/// @param query behind the first `?`, without it
/// @param fragment behind the first `#`, without it
record UriParts(String host, String path, String query, String fragment) {

  static UriParts parse(String schemeSpecific) {
    String rest = schemeSpecific;
    int hash = rest.indexOf('#');
    String fragment = hash < 0 ? "" : rest.substring(hash + 1);
    rest = hash < 0 ? rest : rest.substring(0, hash);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("//")) {
      return new UriParts("", rest, query, fragment);
    }
    int slash = rest.indexOf('/', 2);
    int end = slash < 0 ? rest.length() : slash;
    return new UriParts(rest.substring(2, end), rest.substring(end), query, fragment);
  }
}
