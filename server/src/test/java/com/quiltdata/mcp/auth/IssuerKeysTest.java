package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.IssuerBench.EC;
import static com.quiltdata.mcp.auth.IssuerBench.RSA;
import static com.quiltdata.mcp.auth.IssuerBench.claims;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// An issuer that changes its keys, or is silent.
final class IssuerKeysTest {
  private static final Authentication UNKNOWN =
      new Authentication.Rejected(false, "kid is not known");
  private static final Authentication UNAVAILABLE =
      new Authentication.Unavailable("the keys of the issuer cannot be read");

  private final IssuerBench bench = new IssuerBench();
  private final IssuingKey next = IssuingKey.p256("e2");

  private static String token(IssuingKey key) {
    return key.token(claims(""));
  }

  @Test
  void aNewKeyIsSeenWhenItIsFirstUsed() {
    bench.caller(token(RSA));
    bench.pass(30);
    bench.publish(IssuingKey.set(RSA, next));
    assertThat(bench.caller(token(next)).keyId()).isEqualTo("e2");
    assertThat(bench.reads()).isEqualTo(2);
  }

  @Test
  void aKeyThatDoesNotExistIsLookedForOnceInAPause() {
    bench.caller(token(RSA));
    bench.pass(30);
    for (int i = 0; i < 50; i++) {
      assertThat(bench.authenticate(token(IssuingKey.p256("none-" + i)))).isEqualTo(UNKNOWN);
    }
    assertThat(bench.reads()).isEqualTo(2);
    bench.pass(29);
    assertThat(bench.authenticate(token(next))).isEqualTo(UNKNOWN);
    assertThat(bench.reads()).isEqualTo(2);
    bench.pass(1);
    bench.publish(IssuingKey.set(next));
    assertThat(bench.caller(token(next)).keyId()).isEqualTo("e2");
    assertThat(bench.reads()).isEqualTo(3);
  }

  @Test
  void aKeyThatIsTakenBackEndsTheTokensOfIt() {
    String token = token(EC);
    bench.caller(token);
    bench.publish(IssuingKey.set(RSA));
    bench.pass(299);
    bench.caller(token);
    bench.pass(1);
    bench.authenticate(token(RSA));
    assertThat(bench.authenticate(token)).isEqualTo(UNKNOWN);
  }

  @Test
  void anotherKeyOfTheSameNameEndsThemToo() {
    String token = token(EC);
    bench.caller(token);
    bench.pass(300);
    bench.publish(IssuingKey.set(IssuingKey.p256("e1")));
    bench.authenticate(token(EC));
    assertThat(bench.authenticate(token))
        .isEqualTo(new Authentication.Rejected(false, "the signature does not hold"));
  }

  @Test
  void oldKeysHoldWhileTheIssuerIsSilentUntilTheHardAge() {
    String token = token(RSA);
    bench.caller(token);
    bench.beSilent();
    bench.pass(3_599);
    bench.caller(token);
    bench.caller(token(EC));
    bench.pass(1);
    assertThat(bench.authenticate(token)).isEqualTo(UNAVAILABLE);
    bench.publish(IssuingKey.set(RSA, EC));
    bench.pass(30);
    bench.caller(token);
  }

  @Test
  void anUnknownKeyIsNeitherGoodNorBadWhileTheIssuerIsSilent() {
    bench.caller(token(RSA));
    bench.beSilent();
    bench.pass(30);
    assertThat(bench.authenticate(token(next))).isEqualTo(UNAVAILABLE);
    bench.caller(token(RSA));
  }

  @Test
  void withoutAnyKeyNothingIsAcceptedOrRefused() {
    bench.beSilent();
    assertThat(bench.authenticate(token(RSA))).isEqualTo(UNAVAILABLE);
    bench.caller(ForgedToken.good());
  }

  @Test
  void aSetThatIsNotFitChangesNothing() {
    bench.caller(token(RSA));
    bench.publish("{\"keys\":[]}");
    bench.pass(300);
    bench.caller(token(RSA));
  }
}
