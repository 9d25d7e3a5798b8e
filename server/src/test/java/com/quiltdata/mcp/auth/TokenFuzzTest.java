package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// Any bytes as a header, and any bytes with a good signature. The seeds run as tests; `.ci/fuzz`
/// looks for more.
@Timeout(value = 10, unit = java.util.concurrent.TimeUnit.MINUTES)
final class TokenFuzzTest {
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_CHARS = 256 * 1_024;

  private final RememberingAuthenticator authenticator =
      new RememberingAuthenticator(ForgedToken.verifier(), () -> ForgedToken.NOW);

  /// A header is decided on, twice in the same way, and accepted only if the reference accepts it.
  @FuzzTest
  void decidesOnAnyHeader(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    Authentication decision = authenticator.authenticate(List.of(header));
    if (decision instanceof Authentication.Known) {
      assertThat(
              ReferenceToken.accepts(header.strip().substring(header.strip().lastIndexOf(' ') + 1)))
          .isTrue();
    }
    assertThat(authenticator.authenticate(List.of(header))).isEqualTo(decision);
  }

  /// What the header of a token is made of: everything before the first zero is the header, the
  /// rest the payload; the signature is good.
  @FuzzTest
  void decidesOnAnySignedToken(byte[] bytes) {
    String both = new String(bytes, StandardCharsets.UTF_8);
    int zero = both.indexOf('\0');
    String token =
        zero < 0
            ? ForgedToken.withPayload(both)
            : ForgedToken.sign(both.substring(0, zero), both.substring(zero + 1));
    if (authenticator.authenticate(bearer(token)) instanceof Authentication.Known) {
      assertThat(ReferenceToken.accepts(token)).isTrue();
    }
  }

  /// Claims expand to so much and no more, and to nothing that does not stand in the payload.
  @FuzzTest
  void expandsAnyClaims(byte[] bytes) {
    String token = ForgedToken.withPayload(new String(bytes, StandardCharsets.UTF_8));
    if (!(authenticator.authenticate(bearer(token))
        instanceof Authentication.Known(Caller.Bearer caller, _))) {
      return;
    }
    assertThat(caller.buckets().names().size() + caller.permissions().size())
        .isLessThanOrEqualTo(MAX_NAMES);
    assertThat(caller.buckets().names().stream().mapToInt(String::length).sum())
        .isLessThanOrEqualTo(MAX_CHARS);
    assertThat(ReferenceToken.bucketTexts(token)).containsAll(caller.buckets().names());
    if (caller.buckets().isEverything()) {
      assertThat(ReferenceToken.bucketTexts(token)).contains("*");
    }
  }
}
