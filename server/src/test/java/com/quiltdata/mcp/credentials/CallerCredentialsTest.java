package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.ScriptedClock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The order of sources, and what is refused before anything is sent.
final class CallerCredentialsTest {
  private static final String LISTED = "arn:aws:iam::123456789012:role/listed";
  private static final StaticCredentialsProvider OWN =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("own-key", UsedSecrets.note("own-secret-of-the-process")));

  private final List<RoleRequest> asked = new CopyOnWriteArrayList<>();

  private CallerCredentials credentials(boolean hasDataRole, boolean lendsTaskRole) {
    return new CallerCredentials(
        new CredentialsConfig(
            Set.of(new RoleArn(LISTED)),
            hasDataRole ? Optional.of(Tokens.ROLE) : Optional.empty(),
            lendsTaskRole,
            Optional.empty(),
            "us-east-1",
            Optional.empty()),
        request -> {
          asked.add(request);
          return new IssuedSession(
              AwsSessionCredentials.create("ASIA" + asked.size(), "secret", "session"), Tokens.END);
        },
        OWN,
        new ScriptedClock(Tokens.NOW),
        com.quiltdata.mcp.auth.MemoryLimits.DEFAULT);
  }

  private static AwsCredentials used(CallerCredentials credentials, Grant grant) {
    return credentials.of(grant).resolveCredentials();
  }

  private void refuses(CallerCredentials credentials, Grant grant, FaultCode code) {
    Fault fault = catchThrowableOfType(Fault.class, () -> credentials.of(grant));
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.text()).doesNotContain("arn:", "123456789012");
    assertThat(asked).isEmpty();
  }

  @Test
  void thePersonAtThisMachineHasTheCredentialsOfTheProcess() {
    CallerCredentials credentials = credentials(true, false);
    assertThat(credentials.of(Grant.least(Callers.LOCAL))).isSameAs(OWN);
    assertThat(credentials.source(Callers.LOCAL)).isEqualTo(CredentialSource.LOCAL);
    assertThat(credentials.role(Callers.LOCAL)).isEmpty();
  }

  @Test
  void credentialsOfTheTokenCountBeforeAnyRole() {
    CallerCredentials credentials = credentials(true, true);
    Caller.Bearer session = Tokens.bringing("AKIA1", Optional.of("s"), false);
    assertThat(used(credentials, Tokens.reading(session, "team")))
        .isEqualTo(AwsSessionCredentials.create("AKIA1", Tokens.CLAIMED, "s"));
    assertThat(credentials.source(session)).isEqualTo(CredentialSource.TOKEN);
    assertThat(credentials.role(session)).isEmpty();
    Caller.Bearer lasting = Tokens.bringing("AKIA2", Optional.empty(), false);
    assertThat(used(credentials, Tokens.reading(lasting, "team")))
        .isEqualTo(AwsBasicCredentials.create("AKIA2", Tokens.CLAIMED));
    Caller.Bearer exchanged = Tokens.bringing("AKIA3", Optional.of("s"), true);
    assertThat(credentials.source(exchanged)).isEqualTo(CredentialSource.REGISTRY);
    assertThat(credentials.role(exchanged)).isEmpty();
    assertThat(used(credentials, Tokens.reading(exchanged, "team")).accessKeyId())
        .isEqualTo("AKIA3");
    assertThat(asked).isEmpty();
  }

  @Test
  void aListedRoleIsAssumedForTheCallOnly() {
    CallerCredentials credentials = credentials(true, true);
    Grant grant = Tokens.reading(Tokens.naming(LISTED), "team");
    assertThat(credentials.source(grant.caller())).isEqualTo(CredentialSource.ROLE);
    assertThat(credentials.role(grant.caller())).contains(new RoleArn(LISTED));
    assertThat(used(credentials, grant).accessKeyId()).isEqualTo("ASIA1");
    assertThat(asked)
        .singleElement()
        .satisfies(request -> {
          assertThat(request.role().value()).isEqualTo(LISTED);
          assertThat(request.isClaimed()).isTrue();
          assertThat(request.policy()).isEqualTo(SessionPolicy.of(grant, "aws"));
        });
  }

  @Test
  void aRoleThatIsNotListedIsRefusedWhateverElseThereIs() {
    for (String role :
        List.of(
            LISTED + "2",
            LISTED.toUpperCase(Locale.ROOT),
            "arn:aws:iam::123456789012:role/*",
            "no arn",
            Tokens.ROLE.value())) {
      refuses(
          credentials(true, true),
          Tokens.reading(Tokens.naming(role), "team"),
          FaultCode.FORBIDDEN_ROLE);
    }
  }

  @Test
  void theDataRoleIsForWhoBringsNothing() {
    CallerCredentials credentials = credentials(true, true);
    Grant grant = Tokens.reading(Tokens.plain("ada"), "team");
    assertThat(credentials.source(grant.caller())).isEqualTo(CredentialSource.DATA_ROLE);
    assertThat(credentials.role(grant.caller())).contains(Tokens.ROLE);
    assertThat(used(credentials, grant).accessKeyId()).isEqualTo("ASIA1");
    assertThat(asked.getFirst().role()).isEqualTo(Tokens.ROLE);
    assertThat(asked.getFirst().isClaimed()).isFalse();
  }

  @Test
  void theRightsOfTheProcessAreLentOnlyWhenTheOperatorSaysSo() {
    Grant grant = Tokens.reading(Tokens.plain("ada"), "team");
    CallerCredentials lending = credentials(false, true);
    assertThat(lending.source(grant.caller())).isEqualTo(CredentialSource.TASK_ROLE);
    assertThat(lending.role(grant.caller())).isEmpty();
    assertThat(lending.of(grant)).isSameAs(OWN);
    refuses(credentials(false, false), grant, FaultCode.NO_CREDENTIALS);
    Fault fault = catchThrowableOfType(Fault.class, () -> credentials(false, false).of(grant));
    assertThat(fault.text()).contains("MCP_DATA_ROLE_ARN", "MCP_ALLOWED_ROLE_ARNS");
  }

  @Test
  void strangersGetNothing() {
    refuses(credentials(true, true), Grant.least(Callers.ANONYMOUS), FaultCode.NO_CREDENTIALS);
  }

  @Test
  void tooManyBucketsAreRefusedBeforeAnythingIsSent() {
    String[] names =
        IntStream.range(0, 100).mapToObj("some-bucket-%d"::formatted).toArray(String[]::new);
    refuses(
        credentials(true, false),
        Tokens.reading(Tokens.plain("ada"), names),
        FaultCode.TOO_MANY_BUCKETS);
  }
}
