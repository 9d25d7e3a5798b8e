package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.concurrent.Reloaded;
import java.util.List;

/// The keys of an issuer at this moment. Thread-safe.
public final class IssuerKeys {
  private final Reloaded<JwkSet> published;

  /// Keys.
  ///
  /// @param published the set as the issuer published it when it was last read
  public IssuerKeys(Reloaded<JwkSet> published) {
    this.published = published;
  }

  /// The keys that a token may be signed with. One that is not known makes the set be read again,
  /// but not more often than once in a pause: anybody can name one that does not exist.
  ///
  /// @return empty when the issuer has no such key
  /// @throws RefusedToken when that cannot be known now
  List<IssuerKey> find(String id, IssuerAlgorithm algorithm) {
    List<IssuerKey> known = published.get().orElseThrow(IssuerKeys::unknown).find(id, algorithm);
    return known.isEmpty()
        ? published.renewed().orElseThrow(IssuerKeys::unknown).find(id, algorithm)
        : known;
  }

  /// Whether the issuer still has a key.
  boolean holds(IssuerKey key) {
    return published.get().filter(set -> set.holds(key)).isPresent();
  }

  private static RefusedToken unknown() {
    return RefusedToken.unchecked("the keys of the issuer cannot be read");
  }
}
