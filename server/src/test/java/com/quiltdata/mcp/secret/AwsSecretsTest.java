package com.quiltdata.mcp.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.auth.StoredSecret;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.s3.MotoServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// Parameters and secrets of moto.
final class AwsSecretsTest {
  private static final StaticCredentialsProvider ANY =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("any-key", UsedSecrets.named("any")));
  private static final Duration DAY = Duration.ofDays(1);

  private final URI endpoint = MotoServer.server().endpoint();
  private final String name = "/quilt/" + UUID.randomUUID();
  private final SsmClient ssm =
      SsmClient.builder()
          .httpClient(UrlConnectionHttpClient.create())
          .region(Region.EU_WEST_1)
          .credentialsProvider(ANY)
          .endpointOverride(endpoint)
          .build();
  private final SecretsManagerClient manager =
      SecretsManagerClient.builder()
          .httpClient(UrlConnectionHttpClient.create())
          .region(Region.EU_WEST_1)
          .credentialsProvider(ANY)
          .endpointOverride(endpoint)
          .build();

  /// The chain of the SDK looks there first.
  @BeforeEach
  void giveCredentials() {
    System.setProperty("aws.accessKeyId", "any-key");
    System.setProperty("aws.secretAccessKey", UsedSecrets.named("any"));
  }

  @AfterEach
  void takeCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    ssm.close();
    manager.close();
  }

  private SecretStore store(String place, Duration overlap, InstantSource clock) {
    return new AwsSecrets(
            new AwsServices(AwsLimits.defaults()), Optional.empty(), Optional.of(endpoint))
        .open(SecretPlace.of(place, "eu-west-1"), overlap, clock);
  }

  private void put(String value) {
    ssm.putParameter(
        r -> r.name(name).value(value).type(ParameterType.SECURE_STRING).overwrite(true));
  }

  @Test
  void readsAParameterDecryptedWithTheVersionBefore() {
    put("one");
    SecretStore store = store(name, DAY, InstantSource.system());
    StoredSecret first = store.read();
    assertThat(first.current()).isEqualTo("one");
    assertThat(first.previous()).isEmpty();
    assertThat(first.changedAt())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));

    put("two");
    put("three");
    StoredSecret third = store.read();
    assertThat(third.current()).isEqualTo("three");
    assertThat(third.previous()).contains("two");
    assertThat(store(name, Duration.ZERO, InstantSource.system()).read().previous()).isEmpty();
    assertThat(store(name, DAY, () -> Instant.now().plus(DAY).plusSeconds(60)).read().previous())
        .isEmpty();
  }

  @Test
  void parameterThatWasMadeAnewHasNoVersionBefore() {
    put("one");
    put("two");
    ssm.deleteParameter(r -> r.name(name));
    put("three");
    assertThat(store(name, DAY, InstantSource.system()).read().previous()).isEmpty();
  }

  @Test
  void readsASecretWithTheOneBefore() {
    String arn = manager.createSecret(r -> r.name(name.substring(1)).secretString("one")).arn();
    SecretStore store = store(arn, DAY, InstantSource.system());
    assertThat(store.read().current()).isEqualTo("one");
    assertThat(store.read().previous()).isEmpty();

    manager.putSecretValue(r -> r.secretId(arn).secretString("two"));
    assertThat(store.read().current()).isEqualTo("two");
    assertThat(store.read().previous()).contains("one");
    assertThat(store(arn, Duration.ZERO, InstantSource.system()).read().previous()).isEmpty();
  }

  @Test
  void saysWhatDoesNotExist() {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:quilt/none-AbCdEf";
    for (String place : List.of("/quilt/none", arn)) {
      Fault fault =
          catchThrowableOfType(Fault.class, () -> store(place, DAY, InstantSource.system()).read());
      assertThat(fault.code()).isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault.text())
          .contains("quilt/none", "in eu-west-1 does not exist")
          .doesNotContain("123456789012");
    }
  }
}
