package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.TokenRules;
import com.quiltdata.mcp.concurrent.Reloaded.Ages;
import com.quiltdata.mcp.config.OAuthSettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.StorageSettings;
import com.quiltdata.mcp.config.TokenSettings;
import com.quiltdata.mcp.secret.SecretPlace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signing keys that AWS keeps.
///
/// @param place where
/// @param profile of the AWS configuration files, which gives the credentials
/// @param keyId the `kid` of a text that is a single secret
/// @param more keys from the settings, accepted besides
/// @param rules what tokens are checked against besides
/// @param ages how old what was read may be
/// @param overlap how long the previous keys hold after a change
public record KeptKeysSetup(
    SecretPlace place,
    Optional<String> profile,
    Optional<String> keyId,
    List<SigningKey> more,
    TokenRules rules,
    Ages ages,
    Duration overlap) {
  private static final Duration PAUSE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /// Copies the list.
  public KeptKeysSetup {
    more = List.copyOf(more);
  }

  /// The place that the settings name, or that is usual inside AWS where there is no other issuer
  /// of tokens.
  static Optional<SecretPlace> place(Settings settings, Problems problems) {
    String region = settings.get(StorageSettings.REGION);
    Optional<String> name =
        settings
            .find(TokenSettings.JWT_SECRET_PARAMETER)
            .or(() ->
                settings
                    .find(TokenSettings.AWS_EXECUTION)
                    .filter(_ -> !settings.isSet(OAuthSettings.ISSUER))
                    .map(_ -> TokenSettings.USUAL_SECRET_PARAMETER));
    return name.flatMap(text ->
        problems.checked(TokenSettings.JWT_SECRET_PARAMETER, () -> SecretPlace.of(text, region)));
  }

  static Optional<KeptKeysSetup> of(
      SecretPlace place,
      Optional<String> keyId,
      List<SigningKey> more,
      TokenRules rules,
      Settings settings,
      Problems problems) {
    return problems
        .checked(
            TokenSettings.JWT_SECRET_MAX_AGE,
            () ->
                new Ages(
                    settings.get(TokenSettings.JWT_SECRET_REFRESH),
                    settings.get(TokenSettings.JWT_SECRET_MAX_AGE),
                    PAUSE,
                    PATIENCE))
        .map(ages ->
            new KeptKeysSetup(
                place,
                settings.find(StorageSettings.PROFILE),
                keyId,
                more,
                rules,
                ages,
                settings.get(TokenSettings.JWT_SECRET_OVERLAP)));
  }
}
