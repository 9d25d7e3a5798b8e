package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.NOW;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyRotationTest {
  private static final String CURRENT = UsedSecrets.named("current");
  private static final String PREVIOUS = UsedSecrets.named("previous");

  @Test
  void acceptsBothKeysEachUnderItsOwnName() {
    TokenVerifier verifier =
        verifier(SigningKey.of("new", CURRENT), SigningKey.of("old", PREVIOUS));

    assertThat(keyId(verifier, token("new", CURRENT))).contains("new");
    assertThat(keyId(verifier, token("old", PREVIOUS))).contains("old");
    assertThat(keyId(verifier, token("new", PREVIOUS))).isEmpty();
    assertThat(keyId(verifier, token("old", CURRENT))).isEmpty();
    assertThat(keyId(verifier, token("older", CURRENT))).isEmpty();
  }

  @Test
  void triesEveryKeyWhenNoneHasAName() {
    TokenVerifier verifier = verifier(SigningKey.of("", CURRENT), SigningKey.of("", PREVIOUS));

    assertThat(keyId(verifier, token("any", CURRENT))).contains("");
    assertThat(keyId(verifier, token("any", PREVIOUS))).contains("");
    assertThat(keyId(verifier, token("any", "a third one"))).isEmpty();
  }

  @Test
  void forgetsTheOldKeyWithTheNextConfiguration() {
    String old = token("old", PREVIOUS);
    Authenticator before =
        new RememberingAuthenticator(
            verifier(SigningKey.of("new", CURRENT), SigningKey.of("old", PREVIOUS)), () -> NOW);
    Authenticator after =
        new RememberingAuthenticator(verifier(SigningKey.of("new", CURRENT)), () -> NOW);

    assertThat(before.authenticate(bearer(old))).isInstanceOf(Authentication.Known.class);
    assertThat(after.authenticate(bearer(old)))
        .isEqualTo(new Authentication.Rejected(false, "kid is not known"));
  }

  private static TokenVerifier verifier(SigningKey... keys) {
    return new TokenVerifier(TokenConfig.of(keys), () -> NOW);
  }

  private static String token(String keyId, String secret) {
    return sign(
        "{\"alg\":\"HS256\",\"kid\":\"%s\"}".formatted(keyId), claims(""), secret, "HmacSHA256");
  }

  private static Optional<String> keyId(TokenVerifier verifier, String token) {
    return verifier.authenticate(bearer(token)) instanceof Authentication.Known(Caller.Bearer known)
        ? Optional.of(known.keyId())
        : Optional.empty();
  }
}
