package com.quiltdata.mcp.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the token of an OAuth issuer says, RFC 9068 as far as issuers keep to it. What it does not
/// say is denied: no scope, no level; no buckets, none.
///
/// @param subject `sub`
/// @param scope `scope`, else `scp`, as one text
/// @param level what the scopes amount to
/// @param buckets of the claim that the operator named, and those that all tokens cover
record IssuerClaims(String subject, String scope, Level level, BucketScope buckets) {
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");
  private static final List<String> OF_ID_TOKENS = List.of("at_hash", "c_hash");

  /// Reads a verified payload.
  ///
  /// @throws RefusedToken when it is no access token for this server, or says too much
  static IssuerClaims read(JsonNode payload, IssuerRules rules) {
    IdentityClaims.requireExactly(payload, rules.token());
    requireAccess(payload);
    JsonNode subject = payload.path("sub");
    if (!subject.isString() || subject.stringValue().isBlank()) {
      throw RefusedToken.because("sub is not a non-empty string");
    }
    Set<String> scopes = scopes(payload);
    Level level = rules.scopes().level(scopes);
    return new IssuerClaims(
        subject.stringValue(),
        String.join(" ", scopes),
        level,
        level == Level.NONE ? BucketScope.NONE : buckets(payload, rules));
  }

  /// Checks the `typ` of a header: one that says nothing of another kind of token.
  ///
  /// @throws RefusedToken when it does
  static void requireType(JsonNode header) {
    JsonNode type = header.path("typ");
    if (!type.isMissingNode()
        && !(type.isString() && TYPES.contains(type.stringValue().toLowerCase(Locale.ROOT)))) {
      throw RefusedToken.because("typ is of another kind of token");
    }
  }

  private static void requireAccess(JsonNode payload) {
    if (OF_ID_TOKENS.stream().anyMatch(payload::has)) {
      throw RefusedToken.because("it is an ID token");
    }
    if (payload.has("token_use") && !payload.path("token_use").asString("").equals("access")) {
      throw RefusedToken.because("token_use is not access");
    }
    if (payload.has("cnf")) {
      throw RefusedToken.because("cnf binds it to a key, which is not supported");
    }
  }

  private static Set<String> scopes(JsonNode payload) {
    JsonNode claim = payload.path(payload.has("scope") ? "scope" : "scp");
    Set<String> scopes = new LinkedHashSet<>();
    ClaimBudget budget = new ClaimBudget();
    if (claim.isString()) {
      for (String scope : claim.stringValue().split(" ", -1)) {
        budget.add(scope, scopes);
      }
    } else if (claim.isArray()) {
      claim
          .valueStream()
          .filter(JsonNode::isString)
          .forEach(scope -> budget.add(scope.stringValue(), scopes));
    }
    return scopes;
  }

  private static BucketScope buckets(JsonNode payload, IssuerRules rules) {
    return rules
        .bucketsClaim()
        .map(claim -> rules.buckets().and(BucketClaim.list(payload.path(claim), new ClaimBudget())))
        .orElse(rules.buckets());
  }
}
