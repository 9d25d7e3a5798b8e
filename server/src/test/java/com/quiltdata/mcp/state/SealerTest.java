package com.quiltdata.mcp.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.ScriptedClock;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class SealerTest {
  private static final int MAX_CHARS = 400;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final ScriptedClock clock = new ScriptedClock(NOW);
  private final Sealer sealer = sealer("request state", "secret");
  private final ObjectNode content =
      StrictJson.NODES.objectNode().put("who", "user:é").put("round", 3);

  private Sealer sealer(String purpose, String... secrets) {
    return new Sealer(SignerTest.keys(secrets), purpose, MAX_CHARS, clock);
  }

  @Test
  void givesBackExactlyWhatWasSealed() {
    ObjectNode before = content.deepCopy();
    String text = sealer.seal(content, LIFE);
    assertThat(content).isEqualTo(before);
    assertThat(sealer.open(text)).contains(before);
    assertThat(sealer("request state", "secret").open(text)).contains(before);
  }

  @Test
  void r110ATextIsVersionKeyAndCiphertext() {
    String text = sealer.seal(content, LIFE);
    assertThat(text)
        .matches("v1\\.[A-Za-z0-9_-]{4}\\.[A-Za-z0-9_-]{40,}")
        .hasSizeLessThan(MAX_CHARS);
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(text.split("\\.", -1)[2]),
                StandardCharsets.ISO_8859_1))
        .doesNotContain("user")
        .doesNotContain("round");
  }

  @Test
  void noTwoTextsAreTheSame() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      texts.add(sealer.seal(content, LIFE));
    }
    assertThat(texts).hasSize(100);
  }

  /// The last character of base64 may hold bits that no byte takes: they count all the same.
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xx"})
  void r104NoCharacterCanBeChanged(String more) {
    String text = sealer.seal(content.put("more", more), LIFE);
    for (int at = 0; at < text.length(); at++) {
      for (int i = 0; i < ALPHABET.length(); i++) {
        char other = ALPHABET.charAt(i);
        if (other != text.charAt(at)) {
          String changed = text.substring(0, at) + other + text.substring(at + 1);
          assertThat(sealer.open(changed)).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void r104NothingCanBeCutOffOrAdded() {
    String text = sealer.seal(content, LIFE);
    for (int length = 0; length < text.length(); length++) {
      assertThat(sealer.open(text.substring(0, length))).isEmpty();
      assertThat(sealer.open(text.substring(length + 1))).isEmpty();
    }
    for (String end : List.of("A", "=", "==", ".", ".A", " ", "\n", "%00", "\u0000")) {
      assertThat(sealer.open(text + end)).isEmpty();
      assertThat(sealer.open(end + text)).isEmpty();
    }
  }

  static final List<String> GARBAGE =
      List.of(
          "",
          ".",
          "..",
          "...",
          "v1",
          "v1..",
          "v1.AAAA.",
          "v1.AAAA.AAAA",
          "v1.AAAA.????",
          "v2.AAAA.AAAA",
          "null",
          "{}",
          "日本語",
          "\ud800",
          "v1.\ud800.\udc00",
          ".".repeat(MAX_CHARS),
          "A".repeat(MAX_CHARS));

  @ParameterizedTest
  @FieldSource("GARBAGE")
  void r104GarbageIsNothing(String text) {
    assertThat(sealer.open(text)).isEmpty();
    String id = sealer.seal(content, LIFE).substring(3, 7);
    assertThat(sealer.open(text.replace("AAAA", id))).isEmpty();
  }

  /// A body of dots must not become a list of as many texts.
  @Test
  void aHugeTextIsRefusedByItsLength() {
    String dots = ".".repeat(12 << 20);
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(sealer.open(dots)).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void textsAreOfOnePurpose() {
    String text = sealer.seal(content, LIFE);
    assertThat(sealer("job elsewhere", "secret").open(text)).isEmpty();
    assertThat(sealer("request stat", "secret").open(text)).isEmpty();
    assertThat(new Signer(SignerTest.keys("secret"), "request state", "v1").read(text, ""))
        .isEmpty();
  }

  @Test
  void anotherSecretOpensNothing() {
    assertThat(sealer("request state", "Secret").open(sealer.seal(content, LIFE))).isEmpty();
  }

  /// First all replicas learn the new secret, then they forget the old one.
  @Test
  void aSecretIsRotatedWithoutLosingTexts() {
    String old = sealer.seal(content, LIFE);
    Sealer rotating = sealer("request state", "newer", "secret");
    assertThat(rotating.open(old)).contains(content);
    String young = rotating.seal(content, LIFE);
    assertThat(sealer.open(young)).isEmpty();
    Sealer rotated = sealer("request state", "newer");
    assertThat(rotated.open(young)).contains(content);
    assertThat(rotated.open(old)).isEmpty();
  }

  @Test
  void r105ATextExpiresToTheMillisecond() {
    String text = sealer.seal(content, LIFE);
    Instant end = Instant.parse("2026-01-02T03:14:05.678Z");
    clock.set(end.minusNanos(1));
    assertThat(sealer.open(text)).contains(content);
    clock.set(end);
    assertThat(sealer.open(text)).isEmpty();
    clock.set(NOW.minusSeconds(3_600));
    assertThat(sealer.open(text)).as("the clock of another replica may be late").contains(content);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void whatHasNoLifeIsNeverOpened(long millis) {
    assertThat(sealer.open(sealer.seal(content, Duration.ofMillis(millis)))).isEmpty();
  }

  @Test
  void theNameOfTheExpiryIsTaken() {
    assertThatThrownBy(() -> sealer.seal(content.put("exp", 1), LIFE))
        .hasMessage("the member exp is taken");
  }

  @Test
  void r110NothingIsMadeThatCouldNotBeOpened() {
    ObjectNode large = StrictJson.NODES.objectNode().put("text", "x".repeat(MAX_CHARS));
    assertThatThrownBy(() -> sealer.seal(large, LIFE))
        .hasMessageMatching("request state of \\d+ characters; at most 400");
    int fitting = 0;
    while (true) {
      String text;
      try {
        text = sealer.seal(StrictJson.NODES.objectNode().put("t", "x".repeat(fitting)), LIFE);
      } catch (IllegalArgumentException _) {
        break;
      }
      assertThat(sealer.open(text)).isPresent();
      fitting++;
    }
    assertThat(fitting).isBetween(200, 300);
  }
}
