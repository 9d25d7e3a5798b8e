package com.quiltdata.mcp.transport.http;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The web pages that may call: scheme, host and port, compared exactly.
///
/// `null`, the origin of sandboxed frames and local files, is never one of them.
public final class AllowedOrigins {
  private static final String ANY = "*";

  private final Set<String> origins;

  private AllowedOrigins(Set<String> origins) {
    this.origins = origins;
  }

  /// No web page at all. Programs, which send no `Origin`, are not affected.
  public static AllowedOrigins none() {
    return new AllowedOrigins(Set.of());
  }

  /// Reads a list as an operator writes it.
  ///
  /// @param texts origins such as `https://demo.quiltdata.com`, or `*` for every page
  /// @return the list
  /// @throws IllegalArgumentException when an entry is not an origin
  public static AllowedOrigins of(Collection<String> texts) {
    Set<String> origins = new TreeSet<>();
    texts.forEach(text -> origins.add(normal(text.strip())));
    return new AllowedOrigins(origins);
  }

  /// Reads one or more origins.
  ///
  /// @param texts as for [#of(Collection)]
  /// @return the list
  public static AllowedOrigins of(String... texts) {
    return of(List.of(texts));
  }

  /// Whether a page may call.
  ///
  /// @param origin the value of the `Origin` header
  public boolean allows(String origin) {
    return origins.contains(origin)
        || (origins.contains(ANY) && !origin.equals("null") && !origin.isBlank());
  }

  /// The origin of a request whose header could not be read, where there is only one candidate.
  Optional<String> only() {
    return origins.size() == 1 ? Optional.of(origins.iterator().next()) : Optional.empty();
  }

  /// Whether every page may call, which deserves a warning at the start.
  public boolean isOpen() {
    return origins.contains(ANY);
  }

  @Override
  public String toString() {
    return String.join(",", origins);
  }

  private static String normal(String text) {
    if (text.equals(ANY)) {
      return ANY;
    }
    try {
      URI uri = URI.create(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      String path = String.valueOf(uri.getRawPath());
      boolean web = scheme.equals("http") || scheme.equals("https");
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      if (web && bare && uri.getHost() != null && (path.isEmpty() || path.equals("/"))) {
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
      }
    } catch (IllegalArgumentException _) {
      // Falls through to the one message for every cause.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not an origin: write scheme and host, as in https://host or *");
  }
}
