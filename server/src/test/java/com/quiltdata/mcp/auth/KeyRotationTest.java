package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.NOW;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
  void triesBothSecretsOfOneName() {
    TokenVerifier verifier =
        verifier(SigningKey.of("same", CURRENT), SigningKey.of("same", PREVIOUS));

    assertThat(keyId(verifier, token("same", CURRENT))).contains("same");
    assertThat(keyId(verifier, token("same", PREVIOUS))).contains("same");
    assertThat(keyId(verifier, token("same", "a third one"))).isEmpty();
  }

  @Test
  void forgetsWhatAKeyVerifiedThatIsNoLongerTrusted() {
    SigningKey before = SigningKey.of("old", PREVIOUS);
    SigningKey after = SigningKey.of("new", CURRENT);
    AtomicReference<Optional<List<SigningKey>>> keys =
        new AtomicReference<>(Optional.of(List.of(before)));
    RememberingAuthenticator authenticator =
        new RememberingAuthenticator(
            new TokenVerifier(ForgedToken.config().rules(), keys::get, () -> NOW), () -> NOW);
    List<String> old = bearer(token("old", PREVIOUS));
    List<String> fresh = bearer(token("new", CURRENT));

    assertThat(authenticator.authenticate(old)).isInstanceOf(Authentication.Known.class);
    assertThat(authenticator.authenticate(fresh)).isInstanceOf(Authentication.Rejected.class);

    keys.set(Optional.of(List.of(after, before)));
    Caller.Bearer kept = caller(authenticator.authenticate(old));
    assertThat(caller(authenticator.authenticate(old))).isSameAs(kept);
    assertThat(authenticator.authenticate(fresh)).isInstanceOf(Authentication.Known.class);

    keys.set(Optional.of(List.of(after)));
    assertThat(authenticator.authenticate(old))
        .isEqualTo(new Authentication.Rejected(false, "kid is not known"));
    assertThat(authenticator.size()).isEqualTo(1);
    assertThat(authenticator.authenticate(fresh)).isInstanceOf(Authentication.Known.class);
  }

  @Test
  void acceptsAndRefusesNothingWhileTheKeysAreNotKnown() {
    AtomicReference<Optional<List<SigningKey>>> keys =
        new AtomicReference<>(Optional.of(List.of(SigningKey.of("new", CURRENT))));
    RememberingAuthenticator authenticator =
        new RememberingAuthenticator(
            new TokenVerifier(ForgedToken.config().rules(), keys::get, () -> NOW), () -> NOW);
    List<String> good = bearer(token("new", CURRENT));
    assertThat(authenticator.authenticate(good)).isInstanceOf(Authentication.Known.class);

    keys.set(Optional.empty());
    assertThat(authenticator.authenticate(good))
        .isEqualTo(new Authentication.Unavailable("the signing secret cannot be read"));
    assertThat(authenticator.authenticate(bearer(token("new", PREVIOUS))))
        .isInstanceOf(Authentication.Unavailable.class);
    assertThat(authenticator.authenticate(bearer("no token")))
        .isEqualTo(new Authentication.Rejected(false, "not three parts"));
    assertThat(authenticator.authenticate(List.of())).isEqualTo(new Authentication.Missing());

    keys.set(Optional.of(List.of(SigningKey.of("new", CURRENT))));
    assertThat(authenticator.authenticate(good)).isInstanceOf(Authentication.Known.class);
  }

  private static TokenVerifier verifier(SigningKey... keys) {
    return new TokenVerifier(TokenConfig.of(keys), () -> NOW);
  }

  private static String token(String keyId, String secret) {
    return sign(
        "{\"alg\":\"HS256\",\"kid\":\"%s\"}".formatted(keyId), claims(""), secret, "HmacSHA256");
  }

  private static Optional<String> keyId(TokenVerifier verifier, String token) {
    return verifier.authenticate(bearer(token))
            instanceof Authentication.Known(Caller.Bearer known, _)
        ? Optional.of(known.keyId())
        : Optional.empty();
  }
}
