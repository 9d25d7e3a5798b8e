package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TokenWarningsTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final TokenVerifier verifier =
      new TokenVerifier(
          ForgedToken.config().rules(),
          () -> Optional.of(ForgedToken.config().keys()),
          () -> ForgedToken.NOW,
          new TokenWarnings(new RecordingLogger(lines), nanos::get));

  @Test
  void warnsAboutWhatIsOddOnce() {
    for (int i = 0; i < 50; i++) {
      verifier.authenticate(bearer(withPayload("{\"sub\":\"u\",\"exp\":1790003600}")));
    }

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("kind=no_issuer", "suppressed=0");
    assertThat(lines.get(1)).contains("kind=no_audience", "suppressed=0");
  }

  @Test
  void warnsAgainAfterTenMinutesAndCountsWhatWasLeftOut() {
    String token = withPayload(claims("\"b\":{\"_type\":\"groups\",\"_data\":{\"a\":[\"a\"]}}"));
    verifier.authenticate(bearer(token));
    verifier.authenticate(bearer(token));
    nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    verifier.authenticate(bearer(token));
    nanos.incrementAndGet();
    verifier.authenticate(bearer(token));

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("kind=ambiguous_bucket", "suppressed=0");
    assertThat(lines.get(1)).contains("kind=ambiguous_bucket", "suppressed=2");
  }

  @Test
  void warnsAboutUnreadableBucketsAndLongLives() {
    verifier.authenticate(
        bearer(
            withPayload(
                "{\"sub\":\"u\",\"iss\":\"quilt-frontend\",\"aud\":\"quilt-mcp-server\","
                    + "\"exp\":1790086401,\"b\":{\"_type\":\"other\"}}")));

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("kind=unreadable_buckets");
    assertThat(lines.get(1)).contains("kind=long_life");
  }

  @Test
  void warnsAboutListsThatCannotBeDecoded() {
    verifier.authenticate(
        bearer(withPayload(claims("\"b\":{\"_type\":\"compressed\",\"_data\":\"!\"}"))));

    assertThat(lines).hasSize(1).first().asString().contains("kind=unreadable_buckets");
  }

  @Test
  void saysNothingOfTheToken() {
    String token = withPayload("{\"sub\":\"very-secret-user\",\"exp\":1790003600}");
    verifier.authenticate(bearer(token));

    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line).contains("token=" + TokenDigest.of(token).forLogs());
          assertThat(line).doesNotContain("very-secret-user", "eyJ");
        });
  }

  @Test
  void saysNothingBeforeTheSignatureHolds() {
    String token = withPayload("{\"sub\":\"u\",\"exp\":1790003600}");
    verifier.authenticate(bearer(token.substring(0, token.length() - 2) + "AA"));

    assertThat(lines).isEmpty();
  }

  private record RecordingLogger(List<String> lines) implements System.Logger {
    @Override
    public String getName() {
      return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
      lines.add(level + " " + MessageFormat.format(format, arguments));
    }
  }
}
