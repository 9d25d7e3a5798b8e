package com.quiltdata.mcp.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// What a token says its bearer may do, expanded. An expanded claim of the right type wins over its
/// short form, even when it is empty; a claim of the wrong type grants nothing.
///
/// @param level `level` or `l`: [Level#READ] without both, [Level#NONE] for a word we do not know
/// @param permissions `permissions` or `p`
/// @param buckets `buckets` or `b`
/// @param roles `roles` or `r`
/// @param scope `scope` or `s`
/// @param aws the role and credentials
record AuthorityClaims(
    Level level,
    Set<String> permissions,
    BucketScope buckets,
    List<String> roles,
    String scope,
    AwsClaims aws) {

  /// Reads a verified payload.
  ///
  /// @throws RefusedToken when the claims expand to too much
  static AuthorityClaims read(JsonNode payload, Consumer<TokenWarnings.Kind> warnings) {
    ClaimBudget budget = new ClaimBudget();
    List<String> roles =
        List.copyOf(names(payload.path(payload.path("roles").isArray() ? "roles" : "r"), budget));
    return new AuthorityClaims(
        text(payload, "level", "l")
            .map(word -> Level.of(word).orElse(Level.NONE))
            .orElse(Level.READ),
        permissions(payload, budget),
        BucketClaim.read(payload, budget, warnings),
        roles,
        text(payload, "scope", "s").orElse(""),
        AwsClaims.of(payload, roles));
  }

  private static Set<String> permissions(JsonNode payload, ClaimBudget budget) {
    if (payload.path("permissions").isArray()) {
      return names(payload.path("permissions"), budget);
    }
    Set<String> full = new LinkedHashSet<>();
    names(payload.path("p"), budget).forEach(name -> full.add(PermissionNames.full(name)));
    return full;
  }

  private static Set<String> names(JsonNode list, ClaimBudget budget) {
    Set<String> names = new LinkedHashSet<>();
    if (list.isArray()) {
      for (JsonNode entry : list) {
        if (entry.isString()) {
          budget.add(entry.stringValue(), names);
        }
      }
    }
    return names;
  }

  private static Optional<String> text(JsonNode payload, String expanded, String abbreviated) {
    JsonNode value =
        payload.path(expanded).isString() ? payload.path(expanded) : payload.path(abbreviated);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }
}
