package com.quiltdata.mcp.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sso.auth.ExpiredTokenException;

final class AmbientCredentialsTest {
  private static final AwsCredentials FOUND =
      AwsBasicCredentials.create("id", UsedSecrets.named("found"));

  /// What the SDK throws where there are none, a session ended, or a helper program failed.
  static Stream<RuntimeException> failures() {
    return Stream.of(
        SdkClientException.create("Profile file contained no credentials for profile [a, b]"),
        ExpiredTokenException.builder().message("arn:aws:iam::123456789012:role/x").build(),
        new IllegalStateException("Failed to refresh process-based credentials"),
        new NullPointerException("clientId is null"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatToDoWhereThereAreNone(RuntimeException failure) {
    for (Optional<String> profile :
        Stream.of(Optional.<String>empty(), Optional.of("lab")).toList()) {
      AmbientCredentials credentials =
          new AmbientCredentials(
              profile,
              () ->
                  () -> {
                    throw failure;
                  });
      Fault fault = catchThrowableOfType(Fault.class, credentials::resolveCredentials);
      assertThat(fault.code()).isEqualTo(FaultCode.NO_CREDENTIALS);
      assertThat(fault.text())
          .contains("aws sso login", "AWS_PROFILE", profile.map("'%s'"::formatted).orElse(""))
          .doesNotContain("123456789012", "clientId", "[a, b]");
    }
  }

  @Test
  void looksAgainAtEachCall() {
    AtomicInteger looks = new AtomicInteger();
    AmbientCredentials credentials =
        new AmbientCredentials(
            Optional.empty(),
            () ->
                () -> {
                  if (looks.incrementAndGet() == 1) {
                    throw SdkClientException.create("none yet");
                  }
                  return FOUND;
                });
    assertThat(catchThrowableOfType(Fault.class, credentials::resolveCredentials)).isNotNull();
    assertThat(credentials.resolveCredentials()).isEqualTo(FOUND);
  }

  @Test
  void looksForOthersOnlyWhereTheseWereRefused() {
    AtomicInteger chains = new AtomicInteger();
    AmbientCredentials credentials =
        new AmbientCredentials(
            Optional.empty(),
            () -> {
              String id = "id-" + Math.min(2, chains.incrementAndGet());
              return () -> AwsBasicCredentials.create(id, "secret");
            });
    AwsCredentials first = credentials.resolveCredentials();
    assertThat(credentials.renew(first)).isTrue();
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("id-2");
    // Another call was refused with the old ones; the new ones are there.
    assertThat(credentials.renew(first)).isTrue();
    assertThat(chains).hasValue(2);
    assertThat(credentials.renew(credentials.resolveCredentials())).isFalse();
  }

  @Test
  void isGivenUpWithItsCall() {
    AmbientCredentials credentials =
        new AmbientCredentials(
            Optional.empty(),
            () ->
                () -> {
                  throw AbortedException.create("interrupted");
                });
    Fault fault = catchThrowableOfType(Fault.class, credentials::resolveCredentials);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fault.code()).isEqualTo(FaultCode.CANCELLED);
  }
}
