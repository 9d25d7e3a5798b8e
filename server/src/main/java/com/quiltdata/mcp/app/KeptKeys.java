package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.DatedKeys;
import com.quiltdata.mcp.auth.KeySource;
import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.StoredKeys;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.concurrent.Reloaded;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.secret.AwsSecrets;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// The signing keys that AWS keeps for this process: loaded before it serves, then read again
/// aside. Thread-safe.
///
/// A text that is not fit changes nothing: the last good one holds, until its age is over. Each
/// trouble is told once.
final class KeptKeys implements HealthCheck {
  private static final int TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /// Lets time pass.
  @FunctionalInterface
  interface Pause {
    void pass(Duration time) throws InterruptedException;
  }

  private final EventLog log = EventLog.named("auth");
  private final KeptKeysSetup setup;
  private final SecretStore store;
  private final Reloaded<DatedKeys> reloaded;
  private final KeySource keys;
  private Optional<String> toldTrouble = Optional.empty();
  private Optional<Instant> toldChange = Optional.empty();

  KeptKeys(
      KeptKeysSetup setup,
      SecretStore store,
      InstantSource clock,
      LongSupplier nanoTime,
      Executor aside) {
    this.setup = setup;
    this.store = store;
    this.reloaded = new Reloaded<>(this::read, setup.ages(), nanoTime, aside);
    this.keys = new StoredKeys(reloaded, setup.more(), setup.overlap(), clock);
  }

  /// The keys of AWS, read on virtual threads.
  static KeptKeys of(KeptKeysSetup setup, AwsServices services, InstantSource clock) {
    return new KeptKeys(
        setup,
        new AwsSecrets(services, setup.profile(), Optional.empty())
            .open(setup.place(), setup.overlap(), clock),
        clock,
        System::nanoTime,
        work -> Thread.ofVirtual().name("signing-keys").start(work));
  }

  /// The keys at each moment.
  KeySource keys() {
    return keys;
  }

  /// Reads the keys for the first time. What may pass is tried three times.
  ///
  /// @param pause between two tries
  /// @throws InvalidSettingsException naming the place, and the way out
  void load(Pause pause) {
    Duration wait = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        reloaded.load();
        return;
      } catch (Fault fault) {
        if (tries == TRIES || fault.code() != FaultCode.UPSTREAM_UNAVAILABLE) {
          throw cannotStart(fault.text());
        }
      }
      try {
        pause.pass(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw cannotStart(setup.place().inWords() + " was not read: the start was given up");
      }
      wait = wait.multipliedBy(2);
    }
  }

  private static InvalidSettingsException cannotStart(String trouble) {
    return new InvalidSettingsException(
        List.of(
            trouble
                + ". It is to hold the secret that signs the catalog's tokens; make one with: openssl"
                + " rand -hex 32. MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER names another place,"
                + " MCP_ENHANCED_JWT_SECRET is the secret itself."));
  }

  private DatedKeys read() {
    try {
      DatedKeys read = DatedKeys.of(store.read(), setup.keyId(), setup.place().inWords());
      tell(read);
      return read;
    } catch (Fault fault) {
      tell(fault);
      throw fault;
    } catch (RuntimeException e) {
      log.defect("the reading of signing keys", e);
      throw e;
    }
  }

  private synchronized void tell(DatedKeys read) {
    boolean isNew = !toldChange.equals(Optional.of(read.changedAt()));
    if (isNew && read.hasSpace()) {
      log.event(
          Level.WARNING,
          "config.warning",
          LogFields.of(
              "warning",
              setup.place().inWords() + " begins or ends with white space, which counts"));
    }
    if (isNew || toldTrouble.isPresent()) {
      log.event(
          Level.INFO,
          "keys.loaded",
          LogFields.of("place", setup.place().inWords())
              .with("changed_at", read.changedAt().toString())
              .with("keys", read.current().size())
              .with("kid", kids(read.current()))
              .with("previous", read.previous().size()));
    }
    toldTrouble = Optional.empty();
    toldChange = Optional.of(read.changedAt());
  }

  private static String kids(List<SigningKey> keys) {
    return String.join(",", keys.stream().flatMap(key -> key.keyId().stream()).toList());
  }

  private synchronized void tell(Fault fault) {
    if (!toldTrouble.equals(Optional.of(fault.text()))) {
      log.event(Level.WARNING, "keys.failed", LogFields.of("reason", fault.text()));
    }
    toldTrouble = Optional.of(fault.text());
  }

  @Override
  public String name() {
    return "signing keys";
  }

  @Override
  public HealthCheckType type() {
    return HealthCheckType.READINESS;
  }

  /// Whether tokens can be checked. Asks nobody.
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.builder().status(reloaded.isUsable()).build();
  }
}
