package com.quiltdata.mcp.auth;

import java.util.List;
import java.util.Optional;

/// The keys that sign the catalog's tokens, at this moment. Thread-safe.
@FunctionalInterface
public interface KeySource {
  /// The keys, the current ones first; the same list for as long as nothing changes is cheapest.
  ///
  /// @return empty when they cannot be known: then no token is accepted or refused
  Optional<List<SigningKey>> keys();
}
