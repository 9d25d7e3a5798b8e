package com.quiltdata.mcp.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.UsedSecrets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignerTest {
  private static final String CONTEXT = "user:ann";
  private static final byte[] CONTENT = "content\0é".getBytes(UTF_8);
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0";

  private final Signer signer = signer("cursor", "c1", "secret");

  private static Signer signer(String purpose, String prefix, String... secrets) {
    return new Signer(keys(secrets), purpose, prefix);
  }

  /// Keys of secrets that have these names.
  static StateKeys keys(String... names) {
    return StateKeys.of(Stream.of(names).map(UsedSecrets::named).toList());
  }

  @Test
  void givesBackWhatWasSigned() {
    String text = signer.sign(CONTENT, CONTEXT);
    assertThat(text).matches("c1\\.[A-Za-z0-9_-]{4}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{22}");
    assertThat(signer.read(text, CONTEXT)).hasValueSatisfying(is(CONTENT));
    assertThat(signer.sign(CONTENT, CONTEXT)).isEqualTo(text);
    assertThat(signer.isOurs(text)).isTrue();
  }

  private static Consumer<byte[]> is(byte[] wanted) {
    return bytes -> assertThat(bytes).isEqualTo(wanted);
  }

  @Test
  void nothingCanBeSigned() {
    assertThat(signer.read(signer.sign(new byte[0], ""), "")).hasValueSatisfying(is(new byte[0]));
  }

  @Test
  void noCharacterCanBeChanged() {
    String text = signer.sign(CONTENT, CONTEXT);
    for (int at = 0; at < text.length(); at++) {
      for (int i = 0; i < ALPHABET.length(); i++) {
        char other = ALPHABET.charAt(i);
        if (other != text.charAt(at)) {
          String changed = text.substring(0, at) + other + text.substring(at + 1);
          assertThat(signer.read(changed, CONTEXT)).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void nothingCanBeCutOffOrAdded() {
    String text = signer.sign(CONTENT, CONTEXT);
    for (int length = 0; length < text.length(); length++) {
      assertThat(signer.read(text.substring(0, length), CONTEXT)).isEmpty();
      assertThat(signer.read(text.substring(length + 1), CONTEXT)).isEmpty();
    }
    for (String end : List.of("A", "=", ".", ".A", " ", "\n", "\0")) {
      assertThat(signer.read(text + end, CONTEXT)).isEmpty();
      assertThat(signer.read(end + text, CONTEXT)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user:an", "user:anna", "user:bob", "User:ann", "\0user:ann"})
  void theContextCounts(String other) {
    assertThat(signer.read(signer.sign(CONTENT, CONTEXT), other)).isEmpty();
    assertThat(signer.read(signer.sign(CONTENT, other), CONTEXT)).isEmpty();
  }

  /// What stands behind a NUL in one reading must not be content in another.
  @Test
  void contentEndsWhereTheContextBegins() {
    String text = signer.sign(CONTENT, "one\0other");
    int end = text.lastIndexOf('.');
    String moved = text.substring(0, end) + "\0one" + text.substring(end);
    assertThat(signer.read(moved, "other")).isEmpty();
    String joined = signer.sign(CONTENT, "AAAA" + CONTEXT);
    int at = joined.lastIndexOf('.');
    String longer = joined.substring(0, at) + "AAAA" + joined.substring(at);
    assertThat(signer.read(longer, CONTEXT)).isEmpty();
  }

  @Test
  void textsAreOfOnePurpose() {
    String text = signer.sign(CONTENT, CONTEXT);
    assertThat(signer("request id", "c1", "secret").read(text, CONTEXT)).isEmpty();
    assertThat(signer("cursor", "r1", "secret").read(text, CONTEXT)).isEmpty();
    assertThat(signer("cursor", "r1", "secret").isOurs(text)).isFalse();
  }

  @Test
  void aSecretIsRotatedWithoutLosingTexts() {
    String old = signer.sign(CONTENT, CONTEXT);
    Signer rotating = signer("cursor", "c1", "newer", "secret");
    assertThat(rotating.read(old, CONTEXT)).isPresent();
    String young = rotating.sign(CONTENT, CONTEXT);
    assertThat(signer.read(young, CONTEXT)).isEmpty();
    assertThat(signer("cursor", "c1", "newer").read(young, CONTEXT)).isPresent();
    assertThat(signer("cursor", "c1", "newer").read(old, CONTEXT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c1",
        "c1.",
        "c1...",
        "c1.AAAA..",
        "c1.AAAA.AAAA.AAAA",
        "....",
        "日本語",
        "\ud800"
      })
  void garbageIsNothing(String text) {
    assertThat(signer.read(text, CONTEXT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c1", "c10.x", "C1.x", " c1.x", "x.c1."})
  void otherTextsAreNotOurs(String text) {
    assertThat(signer.isOurs(text)).isFalse();
  }

  @Test
  void aHugeTextIsRefusedByItsLength() {
    String dots = "c1." + ".".repeat(12 << 20);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(signer.read(dots, CONTEXT)).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void nothingIsMadeThatCouldNotBeRead() {
    assertThatThrownBy(() -> signer.sign(new byte[3_100], CONTEXT))
        .hasMessage("a signed text of 4165 characters; at most 4096");
    assertThat(signer.read(signer.sign(new byte[3_000], CONTEXT), CONTEXT)).isPresent();
  }
}
