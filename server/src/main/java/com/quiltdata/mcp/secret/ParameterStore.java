package com.quiltdata.mcp.secret;

import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.auth.StoredSecret;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

/// A parameter of Systems Manager, decrypted. The text before is the version before, so that every
/// process knows the same two, whenever it started.
///
/// @param place which parameter
/// @param client made when it is first needed
/// @param overlap how long after a change the version before is asked for
/// @param clock a wall clock
record ParameterStore(
    SecretPlace.Parameter place, Supplier<SsmClient> client, Duration overlap, InstantSource clock)
    implements SecretStore {

  @Override
  public StoredSecret read() {
    return SecretFaults.translate(place, this::readNow);
  }

  private StoredSecret readNow() {
    software.amazon.awssdk.services.ssm.model.Parameter now;
    try {
      now = get(place.name());
    } catch (ParameterNotFoundException e) {
      throw new Fault(FaultCode.NOT_FOUND, place.inWords() + " does not exist", e);
    }
    boolean isRecent = clock.instant().isBefore(now.lastModifiedDate().plus(overlap));
    return new StoredSecret(
        now.value(),
        isRecent && now.version() > 1 ? before(now.version()) : Optional.empty(),
        now.lastModifiedDate());
  }

  private Optional<String> before(long version) {
    try {
      return Optional.of(get("%s:%d".formatted(place.name(), version - 1)).value());
    } catch (ParameterVersionNotFoundException | ParameterNotFoundException e) {
      return Optional.empty();
    }
  }

  private software.amazon.awssdk.services.ssm.model.Parameter get(String name) {
    return client.get().getParameter(r -> r.name(name).withDecryption(true)).parameter();
  }
}
