package com.quiltdata.mcp.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.OddKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Links are those that the SDK's own signer makes.
final class LinkSignerTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
  private static final Duration LIFE = Duration.ofMinutes(17);
  private static final AwsCredentials PLAIN =
      AwsBasicCredentials.create("AKID/+=x", UsedSecrets.note("secret+/= of links"));
  private static final AwsCredentials SESSION =
      AwsSessionCredentials.create(
          "ASIAX",
          UsedSecrets.note("secret of sessions"),
          UsedSecrets.note("token/+=" + "x".repeat(800)));

  @ParameterizedTest
  @CsvSource({
    "plain-bucket, eu-west-1, ''",
    "dotted.bucket, eu-central-1, ''",
    "plain-bucket, us-gov-west-1, ''",
    "plain-bucket, cn-north-1, ''",
    "plain-bucket, us-east-1, http://127.0.0.1:9000",
    "plain-bucket, us-east-1, https://objects.example.com/below",
  })
  void equalsThatOfTheSdk(String bucket, String region, String endpoint) {
    for (AwsCredentials credentials : List.of(PLAIN, SESSION)) {
      Optional<URI> service = Optional.of(endpoint).filter(uri -> !uri.isEmpty()).map(URI::create);
      Function<Instant, LinkSigner> signers =
          now -> signer(credentials, bucket, region, service, now);
      try (S3Presigner presigner = presigner(credentials, region, service)) {
        List<String> keys = new ArrayList<>(OddKeys.chosen());
        keys.addAll(OddKeys.random(7, 200));
        for (String key : keys) {
          ObjectLocation location = ObjectLocation.of(new BucketName(bucket), key);
          assertSame(signers, presigner, location);
          assertSame(signers, presigner, location.withVersion("3/L4kqtJl+cp=Xr_.null"));
        }
      }
    }
  }

  private static void assertSame(
      Function<Instant, LinkSigner> signers, S3Presigner presigner, ObjectLocation location) {
    var expected =
        presigner.presignGetObject(r ->
            r.signatureDuration(LIFE)
                .getObjectRequest(get ->
                    get.bucket(location.bucket().value())
                        .key(location.key())
                        .versionId(location.versionId().orElse(null))));
    // The SDK takes the time from the clock of the machine.
    Instant now = expected.expiration().minus(LIFE);
    ObjectLink link = signers.apply(now).link(location, LIFE);
    // The order of the parameters is not part of the signature.
    assertThat(parts(link.uri())).isEqualTo(parts(uri(expected.url().toString())));
    assertThat(link.expiresAt()).contains(now.truncatedTo(ChronoUnit.SECONDS).plus(LIFE));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<String> parts(URI uri) {
    List<String> parts = new ArrayList<>(List.of(uri.getRawQuery().split("&")));
    parts.sort(null);
    parts.add(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath());
    return parts;
  }

  private static LinkSigner signer(
      AwsCredentials credentials,
      String bucket,
      String region,
      Optional<URI> endpoint,
      Instant now) {
    S3Clients clients =
        new S3Clients(
            new S3Config(endpoint, Optional.of(region), Optional.empty()),
            new AwsServices(AwsLimits.defaults()));
    BucketName name = new BucketName(bucket);
    clients.regions().put(name, Region.of(region));
    return LinkSigner.of(
        new Conversation(clients, StaticCredentialsProvider.create(credentials)), name, now);
  }

  private static S3Presigner presigner(
      AwsCredentials credentials, String region, Optional<URI> endpoint) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(region))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(endpoint.isPresent()).build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Test
  void endsWithTheCredentials() {
    Instant end = NOW.plusSeconds(100);
    AwsCredentials shortLived =
        AwsSessionCredentials.builder()
            .accessKeyId("ASIAX")
            .secretAccessKey(UsedSecrets.named("key"))
            .sessionToken("token")
            .expirationTime(end)
            .build();
    LinkSigner signer = signer(shortLived, "plain-bucket", "eu-west-1", Optional.empty(), NOW);
    ObjectLocation location = ObjectLocation.of(new BucketName("plain-bucket"), "a");

    ObjectLink link = signer.link(location, LIFE);
    assertThat(link.uri().toString()).contains("&X-Amz-Expires=100&");
    assertThat(link.expiresAt().orElseThrow()).isBeforeOrEqualTo(end);
    assertThat(signer.link(location, Duration.ofSeconds(9)).uri().toString())
        .contains("&X-Amz-Expires=9&");
  }

  @Test
  void worksForSevenDaysAtMost() {
    LinkSigner signer = signer(PLAIN, "plain-bucket", "eu-west-1", Optional.empty(), NOW);
    ObjectLink link =
        signer.link(ObjectLocation.of(new BucketName("plain-bucket"), "a"), Duration.ofDays(30));
    assertThat(link.uri().toString()).contains("&X-Amz-Expires=604800&");
    assertThat(link.expiresAt())
        .contains(Instant.parse("2026-02-03T04:05:06Z").plus(Duration.ofDays(7)));
  }

  @Test
  void asksForCredentialsOnceACall() {
    int[] asked = {0};
    S3Clients clients =
        new S3Clients(
            new S3Config(
                Optional.of(URI.create("http://127.0.0.1:1")),
                Optional.of("us-east-1"),
                Optional.empty()),
            new AwsServices(AwsLimits.defaults()));
    Conversation conversation =
        new Conversation(
            clients,
            () -> {
              asked[0]++;
              return PLAIN;
            });
    S3ObjectStore store = new S3ObjectStore(conversation, Clock.fixed(NOW, ZoneOffset.UTC));
    for (int i = 0; i < 1_000; i++) {
      store.link(ObjectLocation.of(new BucketName("plain-bucket"), "key-" + i), LIFE);
    }
    assertThat(asked[0]).isEqualTo(1);
  }
}
