package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.HEADER;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.encode;
import static com.quiltdata.mcp.auth.ForgedToken.sign;
import static com.quiltdata.mcp.auth.ForgedToken.signature;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forged tokens: whatever is changed about a good one, nobody gets in.
final class TokenMutationTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \t\r\n%é\0";
  private static final TokenVerifier VERIFIER = ForgedToken.verifier();
  private static final Authenticator REMEMBERING =
      new RememberingAuthenticator(VERIFIER, () -> ForgedToken.NOW);

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_727, 4_815_162_342L})
  void acceptsNoMutation(long seed) {
    Random random = new Random(seed);
    String good = ForgedToken.good();
    assertThat(REMEMBERING.authenticate(bearer(good))).isInstanceOf(Authentication.Known.class);

    Set<String> tried = new HashSet<>();
    while (tried.size() < 1_000) {
      String mutant = mutate(good, random);
      // White space at the end is no part of a header's value.
      if (!mutant.strip().equals(good) && tried.add(mutant)) {
        assertRefused(mutant, "seed %d, mutant %d".formatted(seed, tried.size()));
      }
    }
  }

  @Test
  void acceptsNoOtherAlgorithm() {
    List<String> names =
        List.of(
            "none",
            "None",
            "NONE",
            "nOnE",
            "",
            " ",
            "hs256",
            "Hs256",
            "HS256 ",
            " HS256",
            "HS-256",
            "HS384",
            "HS512",
            "HS1",
            "RS256",
            "RS384",
            "RS512",
            "PS256",
            "PS384",
            "PS512",
            "ES256",
            "ES384",
            "ES512",
            "ES256K",
            "EdDSA",
            "A256KW",
            "dir",
            "HMACSHA256",
            "HmacSHA256",
            "HS256\\u0000",
            "\\u0048S256x",
            "HS256,none",
            "*",
            "null",
            "ＨＳ256");
    Set<String> tried = new HashSet<>();
    for (String name : names) {
      for (String key : List.of("\"%s\"", "[\"%s\"]", "{\"alg\":\"%s\"}")) {
        String alg = key.formatted(name);
        String header = "{\"alg\":%s,\"kid\":\"frontend-enhanced\"}".formatted(alg);
        for (String mac : List.of("HmacSHA256", "HmacSHA384", "HmacSHA512")) {
          tried.add(sign(header, claims(""), ForgedToken.SECRET, mac));
        }
        tried.add(encode(header) + "." + encode(claims("")) + ".");
      }
    }
    Stream.of("HmacSHA1", "HmacMD5", "HmacSHA224", "HmacSHA384", "HmacSHA512", "HmacSHA3-256")
        .forEach(mac -> tried.add(sign(HEADER, claims(""), ForgedToken.SECRET, mac)));

    assertThat(tried).hasSizeGreaterThan(250);
    tried.forEach(token -> assertRefused(token, token));
  }

  @Test
  void acceptsNoOtherSecret() {
    String secret = ForgedToken.SECRET;
    Stream.of(
            secret + "x",
            secret.substring(1),
            secret.toUpperCase(Locale.ROOT),
            secret + "\n",
            encode(secret),
            "frontend-enhanced",
            "development-enhanced-jwt-secret",
            "\0")
        .forEach(other -> assertRefused(sign(HEADER, claims(""), other, "HmacSHA256"), other));
  }

  private static void assertRefused(String token, String name) {
    for (Authenticator authenticator : List.of(VERIFIER, REMEMBERING)) {
      assertThat(authenticator.authenticate(bearer(token)))
          .as(name)
          .isNotInstanceOf(Authentication.Known.class);
    }
  }

  private static String mutate(String token, Random random) {
    String[] parts = token.split("\\.", -1);
    int at = random.nextInt(token.length());
    char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> token.substring(0, at) + other + token.substring(at + 1);
      case 3 -> token.substring(0, at) + other + token.substring(at);
      case 4 -> token.substring(0, at) + token.substring(at + 1);
      case 5 -> token.substring(0, at);
      case 6 -> token.substring(at);
      case 7 -> token + token.substring(at);
      case 8 -> {
        // Parts in another order, or one of them twice.
        int[] order = {random.nextInt(3), random.nextInt(3), random.nextInt(3)};
        yield parts[order[0]] + "." + parts[order[1]] + "." + parts[order[2]] + other;
      }
      case 9 -> {
        // Other claims under the old signature.
        String subject = "\"x\":%d".formatted(random.nextLong());
        yield parts[0] + "." + encode(claims(subject)) + "." + parts[2];
      }
      case 10 -> {
        // Other claims, signed with a guessed secret.
        String signed = parts[0] + "." + encode(claims("\"buckets\":[\"*\"]"));
        yield signed + "." + signature(signed, "guess-" + random.nextLong(), "HmacSHA256");
      }
      default -> {
        // Another header, under the old signature.
        String header = HEADER.replace("JWT", Long.toString(random.nextLong()));
        yield encode(header) + "." + parts[1] + "." + parts[2];
      }
    };
  }
}
