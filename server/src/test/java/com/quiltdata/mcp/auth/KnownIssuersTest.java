package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.IssuerBench.EC;
import static com.quiltdata.mcp.auth.IssuerBench.RSA;
import static com.quiltdata.mcp.auth.IssuerBench.claims;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Two kinds of tokens side by side: neither is ever checked with what belongs to the other.
final class KnownIssuersTest {
  private static final Authentication NO_SIGNATURE =
      new Authentication.Rejected(false, "the signature does not hold");

  private final IssuerBench bench = new IssuerBench();

  /// Signed with what is public about a key, as if it were the secret.
  private static String confused(String header, String payload, byte[] secret)
      throws GeneralSecurityException {
    String both = ForgedToken.encode(header) + "." + ForgedToken.encode(payload);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return UsedSecrets.note(both + "." + IssuingKey.encode(mac.doFinal(both.getBytes(UTF_8))));
  }

  @Test
  void tokensOfTheCatalogGoOnWorking() {
    Caller.Bearer caller = bench.caller(ForgedToken.good());
    assertThat(caller.subject()).isEqualTo("user");
    assertThat(caller.issuer()).isEmpty();
    assertThat(caller.principal()).isEqualTo("user:user");
    assertThat(bench.reads()).isZero();
  }

  @Test
  void aPublicKeyIsNoSecret() throws GeneralSecurityException {
    for (IssuingKey key : List.of(RSA, EC)) {
      for (byte[] secret :
          List.of(
              key.publicBytes(),
              key.jwk().getBytes(UTF_8),
              Base64.getEncoder().encode(key.publicBytes()),
              ("-----BEGIN PUBLIC KEY-----\n"
                      + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                          .encodeToString(key.publicBytes())
                      + "\n-----END PUBLIC KEY-----\n")
                  .getBytes(ISO_8859_1))) {
        String payload = ForgedToken.claims("\"level\":\"admin\"");
        assertThat(bench.authenticate(confused(ForgedToken.HEADER, payload, secret)))
            .isEqualTo(NO_SIGNATURE);
        assertThat(
                bench.authenticate(
                    confused(key.header().replaceFirst("[RE]S256", "HS256"), claims(""), secret)))
            .isEqualTo(new Authentication.Rejected(false, "kid is not known"));
      }
    }
  }

  @Test
  void theSecretSignsNothingOfTheIssuer() throws GeneralSecurityException {
    byte[] secret = ForgedToken.SECRET.getBytes(UTF_8);
    for (IssuingKey key : List.of(RSA, EC)) {
      assertThat(bench.authenticate(confused(key.header(), claims(""), secret)))
          .isEqualTo(NO_SIGNATURE);
    }
    String named = "{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(ForgedToken.KEY_ID);
    assertThat(bench.authenticate(confused(named, ForgedToken.claims(""), secret)))
        .isEqualTo(new Authentication.Rejected(false, "kid is not known"));
  }

  @Test
  void anIssuersKeySignsNothingOfTheCatalog() {
    assertThat(bench.authenticate(RSA.token(ForgedToken.claims("\"level\":\"admin\""))))
        .isEqualTo(new Authentication.Rejected(false, "iss is another issuer"));
    assertThat(bench.authenticate(ForgedToken.withPayload(claims(""))))
        .isEqualTo(new Authentication.Rejected(false, "iss is another issuer"));
  }

  @Test
  void withoutASecretOnlyTheIssuersTokensCount() {
    IssuerBench alone = new IssuerBench(IssuerBench.RULES, false);
    assertThat(alone.caller(RSA.token(claims(""))).subject()).isEqualTo("ada");
    assertThat(alone.authenticate(ForgedToken.good()))
        .isEqualTo(new Authentication.Rejected(false, "alg is neither RS256 nor ES256"));
  }

  @Test
  void tokensOfBothAreRemembered() {
    for (String token : List.of(RSA.token(claims("")), EC.token(claims("")), ForgedToken.good())) {
      Caller.Bearer caller = bench.caller(token);
      assertThat(bench.authenticate(token)).isEqualTo(new Authentication.Known(caller, true));
    }
  }

  @Test
  void checksTheTimesOfATokenBeforeItReadsMoreOfIt() {
    String early = "\"nbf\":1790000061,\"sub\":7";
    assertThat(bench.authenticate(RSA.token("{\"exp\":1790003600,%s}".formatted(early))))
        .isEqualTo(new Authentication.Rejected(false, "nbf or iat is in the future"));
    assertThat(
            bench.authenticate(ForgedToken.withPayload("{\"exp\":1790003600,%s}".formatted(early))))
        .isEqualTo(new Authentication.Rejected(false, "nbf or iat is in the future"));
  }
}
