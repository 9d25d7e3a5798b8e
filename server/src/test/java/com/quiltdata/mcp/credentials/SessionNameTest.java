package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"ada", "ada@example.com", "a+b=c,d.e-f_g", "00"})
  void isTheSubjectWhereAwsTakesIt(String subject) {
    assertThat(SessionName.of(subject).value()).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Ada Lovelace", "auth0|1", "ünï", "a\nb", "aws:ada", "\u202eada", "٣٣"})
  void isCleanedAndStillTheSubjectsOwn(String subject) {
    String name = SessionName.of(subject).value();
    assertThat(name).matches("[A-Za-z0-9_+=,.@-]{2,64}").matches(".*-[0-9a-f]{8}");
    assertThat(SessionName.of(subject.replaceAll("[^A-Za-z0-9_+=,.@-]", "_") + "_").value())
        .isNotEqualTo(name);
  }

  @Test
  void ofAnIssuersSubjectIsNotThatOfTheCatalogs() {
    Caller.Bearer catalog = Tokens.plain("ada");
    Caller.Bearer here = Tokens.issued("https://a.example.com", "ada");
    Caller.Bearer there = Tokens.issued("https://b.example.com", "ada");
    assertThat(SessionName.of(catalog).value()).isEqualTo("ada");
    assertThat(SessionName.of(here).value()).matches("ada-[0-9a-f]{8}");
    assertThat(SessionName.of(here)).isNotEqualTo(SessionName.of(there));
  }

  @Test
  void isNeverTooLong() {
    String first = SessionName.of("x".repeat(300)).value();
    assertThat(first).hasSize(64);
    assertThat(SessionName.of("x".repeat(301)).value()).hasSize(64).isNotEqualTo(first);
    assertThat(SessionName.of("x".repeat(64)).value()).isEqualTo("x".repeat(64));
  }
}
