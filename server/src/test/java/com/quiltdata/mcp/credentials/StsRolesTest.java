package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// What is sent to STS, and what becomes of its refusals.
@Timeout(60)
final class StsRolesTest {
  private static final AwsCredentialsProvider OWN =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("own-key", UsedSecrets.note("own-secret-of-the-process")));

  private final FakeSts sts = new FakeSts();

  @AfterEach
  void stop() {
    sts.close();
  }

  private StsRoles roles(AwsCredentialsProvider own) {
    return new StsRoles(
        new CredentialsConfig(
            Set.of(),
            Optional.of(Tokens.ROLE),
            false,
            Optional.of(sts.endpoint()),
            "us-east-1",
            Optional.empty()),
        new AwsServices(AwsLimits.defaults()),
        own);
  }

  private static RoleRequest request(String subject, boolean isClaimed, Duration life) {
    Caller caller = Tokens.plain(subject);
    Grant grant = Tokens.reading(caller, "team");
    return new RoleRequest(
        Tokens.ROLE, isClaimed, SessionName.of(subject), SessionPolicy.of(grant, "aws"), life);
  }

  @ParameterizedTest
  @CsvSource({"60, 900", "1800, 1800", "86400, 3600", "-5, 900"})
  void sendsRolePolicyNameAndLife(long wanted, String sent) {
    IssuedSession session =
        roles(OWN).assume(request("auth0|ada", false, Duration.ofSeconds(wanted)));
    assertThat(session.credentials().accessKeyId()).isEqualTo("ASIAFAKE1");
    assertThat(session.credentials().sessionToken()).isEqualTo(FakeSts.SESSION);
    assertThat(session.credentials().expirationTime()).contains(FakeSts.END);
    assertThat(session.end()).isEqualTo(FakeSts.END);
    String name = SessionName.of("auth0|ada").value();
    assertThat(sts.asked())
        .singleElement()
        .satisfies(form ->
            assertThat(form)
                .containsAllEntriesOf(
                    Map.of(
                        "Action",
                        "AssumeRole",
                        "RoleArn",
                        Tokens.ROLE.value(),
                        "RoleSessionName",
                        name,
                        "SourceIdentity",
                        name,
                        "DurationSeconds",
                        sent,
                        "Policy",
                        SessionPolicy.of(Tokens.reading(Tokens.plain("ada"), "team"), "aws")
                            .text())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ünï cödé", "x,y", "\u0000\u0007"})
  void namesAreSuchAsStsTakes(String subject) {
    assertThat(roles(OWN).assume(request(subject, false, Duration.ofHours(1)))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, true, FORBIDDEN_ROLE, the token names",
    "403, AccessDenied, false, FORBIDDEN_ROLE, its data role",
    "400, PackedPolicyTooLarge, false, TOO_MANY_BUCKETS, name fewer",
    "403, ExpiredToken, false, NO_CREDENTIALS, none of its own",
    "403, InvalidClientTokenId, true, NO_CREDENTIALS, none of its own",
    "400, MalformedPolicyDocument, false, UPSTREAM_UNAVAILABLE, try again later",
    "500, InternalFailure, false, UPSTREAM_UNAVAILABLE, try again later",
    "503, ServiceUnavailable, true, UPSTREAM_UNAVAILABLE, try again later"
  })
  void tellsRefusalsWithoutAccountRoleOrHost(
      int status, String code, boolean isClaimed, FaultCode expected, String words) {
    sts.refuse(status, code);
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> roles(OWN).assume(request("ada", isClaimed, Duration.ofHours(1))));
    assertThat(fault.code()).isEqualTo(expected);
    assertThat(fault.text()).contains(words).doesNotContain("arn:", "123456789012", "internal");
    assertThat(sts.asked()).hasSizeBetween(1, 3);
  }

  @Test
  void saysThatTheServerHasNoCredentialsOfItsOwn() {
    AwsCredentialsProvider none =
        () -> {
          throw new Fault(FaultCode.NO_CREDENTIALS, "log in with `aws sso login`");
        };
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> roles(none).assume(request("ada", false, Duration.ofHours(1))));
    assertThat(fault.code()).isEqualTo(FaultCode.NO_CREDENTIALS);
    assertThat(fault.text()).contains("Its operator has to").doesNotContain("sso");
    assertThat(sts.asked()).isEmpty();
  }
}
