package com.quiltdata.mcp.auth;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Temporary AWS credentials that a token carries, or stands for. They are secret: never logged,
/// never returned, and they print as `***`.
///
/// @param accessKeyId the key's id
/// @param secretAccessKey the key
/// @param sessionToken present for temporary credentials
/// @param region where they are meant to be used
public record ClaimedCredentials(
    String accessKeyId,
    String secretAccessKey,
    Optional<String> sessionToken,
    Optional<String> region) {
  // They end up in header fields, and the region in a host name.
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{1,16}){1,3}-\\d{1,2}");

  /// Reads the claim, in snake or camel case, or the answer of a registry, in which names begin
  /// with a capital.
  ///
  /// @return empty unless both halves of the key are there
  static Optional<ClaimedCredentials> of(JsonNode claim) {
    Optional<String> accessKeyId = text(claim, "access_key_id", "accessKeyId", "AccessKeyId");
    Optional<String> secret =
        text(claim, "secret_access_key", "secretAccessKey", "SecretAccessKey");
    if (accessKeyId.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClaimedCredentials(
            accessKeyId.get(),
            secret.get(),
            text(claim, "session_token", "sessionToken", "SessionToken"),
            text(claim, "region").filter(name -> REGION.matcher(name).matches())));
  }

  private static Optional<String> text(JsonNode claim, String... names) {
    return Stream.of(names)
        .filter(claim::has)
        .findFirst()
        .map(claim::path)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(text -> PRINTABLE.matcher(text).matches());
  }

  @Override
  public String toString() {
    return "***";
  }
}
