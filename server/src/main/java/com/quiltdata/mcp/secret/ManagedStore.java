package com.quiltdata.mcp.secret;

import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.auth.StoredSecret;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// A secret of Secrets Manager. The text before is the one with the label `AWSPREVIOUS`.
///
/// @param place which secret
/// @param client made when it is first needed
/// @param overlap how long after a change the text before is asked for
/// @param clock a wall clock
record ManagedStore(
    SecretPlace.Managed place,
    Supplier<SecretsManagerClient> client,
    Duration overlap,
    InstantSource clock)
    implements SecretStore {

  @Override
  public StoredSecret read() {
    return SecretFaults.translate(place, this::readNow);
  }

  private StoredSecret readNow() {
    GetSecretValueResponse now =
        get("AWSCURRENT")
            .orElseThrow(() -> new Fault(FaultCode.NOT_FOUND, place.inWords() + " does not exist"));
    String text =
        Optional.ofNullable(now.secretString())
            .orElseThrow(() ->
                new Fault(FaultCode.CORRUPT_DATA, place.inWords() + " holds bytes and no text"));
    boolean isRecent = clock.instant().isBefore(now.createdDate().plus(overlap));
    return new StoredSecret(
        text,
        isRecent
            ? get("AWSPREVIOUS").flatMap(before -> Optional.ofNullable(before.secretString()))
            : Optional.empty(),
        now.createdDate());
  }

  private Optional<GetSecretValueResponse> get(String label) {
    try {
      return Optional.of(
          client.get().getSecretValue(r -> r.secretId(place.arn()).versionStage(label)));
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }
}
