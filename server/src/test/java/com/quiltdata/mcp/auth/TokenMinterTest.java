package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.NOW;
import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class TokenMinterTest {
  private final TokenConfig config = ForgedToken.config();
  private final TokenMinter minter = new TokenMinter(config, () -> NOW, new Random(1));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 120})
  void makesTokensThatTheVerifierAccepts(int count) {
    List<String> buckets = buckets(count);
    Caller.Bearer caller =
        caller(new TokenVerifier(config, () -> NOW).authenticate(bearer(mint(buckets))));

    assertThat(caller.subject()).isEqualTo("developer");
    assertThat(caller.level()).isEqualTo(Level.WRITE);
    assertThat(caller.permissions()).containsExactlyInAnyOrder("s3:GetObject", "athena:*");
    assertThat(caller.buckets().names()).containsExactlyInAnyOrderElementsOf(buckets);
    assertThat(caller.roles()).containsExactly("ReadOnlyQuilt");
    assertThat(caller.scope()).isEqualTo("w");
    assertThat(caller.keyId()).isEqualTo("frontend-enhanced");
    assertThat(caller.expiresAt()).isEqualTo(NOW.plusSeconds(600));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void saysTheSameInTheShortClaims(int count) {
    ObjectNode claims = (ObjectNode) payload(mint(buckets(count)));
    claims.remove(List.of("scope", "level", "roles", "permissions", "buckets"));
    Authentication decision =
        ForgedToken.verifier().authenticate(bearer(ForgedToken.withPayload(claims.toString())));

    assertThat(caller(decision).buckets().names()).hasSize(count);
    assertThat(caller(decision).permissions())
        .containsExactlyInAnyOrder("s3:GetObject", "athena:*");
    assertThat(caller(decision).level()).isEqualTo(Level.WRITE);
  }

  @Test
  void leavesOutTheKeyIdWhenNoneIsConfigured() {
    TokenConfig nameless = TokenConfig.of(SigningKey.of("", ForgedToken.SECRET));
    String token =
        UsedSecrets.note(
            new TokenMinter(nameless, () -> NOW, new Random(1)).mint(request(List.of())));

    assertThat(new TokenVerifier(nameless, () -> NOW).authenticate(bearer(token)))
        .isInstanceOf(Authentication.Known.class);
    assertThat(ForgedToken.verifier().authenticate(bearer(token)))
        .isEqualTo(new Authentication.Rejected(false, "kid is not known"));
  }

  @Test
  void grantsEverythingByTheWildcard() {
    Caller.Bearer caller = caller(ForgedToken.verifier().authenticate(bearer(mint(List.of("*")))));

    assertThat(caller.buckets().isEverything()).isTrue();
  }

  @Test
  void refusesWhatNoVerifierWouldTake() {
    assertThatThrownBy(() -> mint(buckets(1_000)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("over the limit of 16384");
    assertThatIllegalArgumentException().isThrownBy(() -> request(" ", Level.READ, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> request("u", Level.NONE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> request("u", Level.READ, 0));
  }

  private String mint(List<String> buckets) {
    return UsedSecrets.note(minter.mint(request(buckets)));
  }

  private static TokenRequest request(List<String> buckets) {
    return new TokenRequest(
        "developer",
        buckets,
        List.of("s3:GetObject", "athena:*"),
        List.of("ReadOnlyQuilt"),
        Level.WRITE,
        Duration.ofMinutes(10));
  }

  private static TokenRequest request(String subject, Level level, long seconds) {
    return new TokenRequest(
        subject, List.of(), List.of(), List.of(), level, Duration.ofSeconds(seconds));
  }

  private static List<String> buckets(int count) {
    return IntStream.range(0, count).mapToObj(i -> "bucket-" + i).toList();
  }

  private static JsonNode payload(String token) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new StrictJson(JsonLimits.DEFAULT).read(json);
  }
}
