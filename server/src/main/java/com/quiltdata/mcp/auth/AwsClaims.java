package com.quiltdata.mcp.auth;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a token says about AWS rights. Wishes, not rights: the role is still compared with the
/// configured list, and AWS decides about the credentials.
///
/// @param roleArn the role to assume
/// @param credentials credentials that came along
/// @param isExchanged whether the credentials are no claim: the catalog's registry gave them for
///   the token
public record AwsClaims(
    Optional<String> roleArn, Optional<ClaimedCredentials> credentials, boolean isExchanged) {
  private static final List<String> ROLE_CLAIMS =
      List.of("aws_role_arn", "awsRoleArn", "role_arn", "roleArn");
  private static final List<String> CREDENTIAL_CLAIMS =
      List.of("aws_credentials", "awsCredentials");
  private static final String ROLE_PREFIX = "arn:aws:iam::";

  /// A token that says nothing about AWS.
  public static AwsClaims none() {
    return new AwsClaims(Optional.empty(), Optional.empty(), false);
  }

  /// What the registry gave for a token.
  ///
  /// @param credentials of the token's user
  /// @return no claim
  static AwsClaims exchanged(ClaimedCredentials credentials) {
    return new AwsClaims(Optional.empty(), Optional.of(credentials), true);
  }

  /// Reads the claims.
  ///
  /// @param roles the `roles` claim: its first role ARN counts when no claim names one
  static AwsClaims of(JsonNode payload, List<String> roles) {
    Optional<String> named =
        ROLE_CLAIMS.stream()
            .map(payload::path)
            .filter(JsonNode::isString)
            .map(JsonNode::stringValue)
            .filter(arn -> !arn.isBlank())
            .findFirst();
    return new AwsClaims(
        named.or(() -> roles.stream().filter(role -> role.startsWith(ROLE_PREFIX)).findFirst()),
        CREDENTIAL_CLAIMS.stream()
            .map(payload::path)
            .filter(JsonNode::isObject)
            .findFirst()
            .flatMap(ClaimedCredentials::of),
        false);
  }
}
