package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The 401 and 403 answers to tokens, which never say more than that one is missing, expired, wrong
/// or of too little scope, and where a better one comes from. See RFC 6750 section 3 and RFC 9728
/// section 5.1.
final class Challenge {
  private static final String HEADER = "WWW-Authenticate";

  private final Optional<ProtectedResource> resource;

  /// @param resource empty when tokens come from the catalog alone, where no client can ask for one
  Challenge(Optional<ProtectedResource> resource) {
    this.resource = resource;
  }

  /// No token was sent (RFC 6750: then the challenge names no error).
  Refusal missing() {
    return refusal(401, "missing_authorization", "Bearer token required", List.of(), Level.READ);
  }

  /// A token was sent and is not accepted.
  ///
  /// @param code for programs
  /// @param detail for people
  Refusal of(String code, String detail) {
    return refusal(401, code, detail, error("invalid_token", detail), Level.READ);
  }

  /// A token was accepted, and its scope is too narrow.
  ///
  /// @param level what is needed
  Refusal scope(Level level) {
    String detail = "the token's scope is too narrow for this call";
    return refusal(403, "insufficient_scope", detail, error("insufficient_scope", detail), level);
  }

  private Refusal refusal(
      int status, String code, String detail, List<String> error, Level needed) {
    List<String> parameters = new ArrayList<>(error);
    resource.ifPresent(one -> {
      parameters.add(parameter("resource_metadata", one.metadataAddress()));
      parameters.add(parameter("scope", String.join(" ", one.scopes().upTo(needed))));
    });
    return new Refusal(
        status, code, detail, Map.of(HEADER, ("Bearer " + String.join(", ", parameters)).strip()));
  }

  private static List<String> error(String code, String detail) {
    return List.of(parameter("error", code), parameter("error_description", detail));
  }

  private static String parameter(String name, String value) {
    return "%s=\"%s\"".formatted(name, value);
  }
}
