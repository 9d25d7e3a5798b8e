package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.quiltdata.mcp.UsedSecrets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenConfigTest {
  private static final String OTHER = UsedSecrets.named("other");
  private static final SigningKey NAMED = SigningKey.of("kid-1", UsedSecrets.named("one"));
  private static final SigningKey NAMELESS = SigningKey.of("", UsedSecrets.named("one"));

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(TokenConfig.of(NAMED))
        .isEqualTo(
            new TokenConfig(
                List.of(NAMED),
                new TokenRules(
                    "quilt-frontend", "quilt-mcp-server", false, Duration.ofSeconds(60), 16_384)));
  }

  @Test
  void takesKeysThatAllHaveANameOrNone() {
    assertThat(TokenConfig.of(NAMED, SigningKey.of("kid-0", OTHER)).keys()).hasSize(2);
    assertThat(TokenConfig.of(NAMELESS, SigningKey.of("", OTHER)).keys()).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> TokenConfig.of(NAMED, NAMELESS));
    assertThat(TokenConfig.of(NAMED, SigningKey.of("kid-1", OTHER)).keys()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenConfig.of(NAMED, SigningKey.of("kid-1", UsedSecrets.named("one"))));
    assertThatIllegalArgumentException().isThrownBy(TokenConfig::of);
  }

  @Test
  void refusesKeysWithoutSecret() {
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of("kid", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(" ", OTHER));
  }

  @Test
  void keepsItsLimits() {
    assertThat(with("i", "a", Duration.ZERO, 65_536).maxTokenBytes()).isEqualTo(65_536);
    assertThatIllegalArgumentException().isThrownBy(() -> with("", "a", Duration.ZERO, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> with("i", " ", Duration.ZERO, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with("i", "a", Duration.ofSeconds(61), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with("i", "a", Duration.ofSeconds(-1), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> with("i", "a", Duration.ZERO, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> with("i", "a", Duration.ZERO, 65_537));
  }

  private static TokenRules with(String issuer, String audience, Duration leeway, int maxBytes) {
    return new TokenRules(issuer, audience, false, leeway, maxBytes);
  }
}
