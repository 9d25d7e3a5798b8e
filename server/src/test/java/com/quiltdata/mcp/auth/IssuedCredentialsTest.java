package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.json.StrictJson;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What is taken for an answer of the registry.
final class IssuedCredentialsTest {
  private static final String SECRET = UsedSecrets.note("registry-secret-key-0123456789");
  private static final String SESSION = UsedSecrets.note("registry-session-0123456789");

  private static ObjectNode answer(String end) {
    return StrictJson.NODES
        .objectNode()
        .put("AccessKeyId", "AKIDEXAMPLE")
        .put("SecretAccessKey", SECRET)
        .put("SessionToken", SESSION)
        .put("Expiration", end);
  }

  @Test
  void readsAWholeAnswer() {
    assertThat(IssuedCredentials.of(answer("2030-01-01T02:00:00+02:00")))
        .contains(
            new IssuedCredentials(
                new ClaimedCredentials(
                    "AKIDEXAMPLE", SECRET, Optional.of(SESSION), Optional.empty()),
                Instant.parse("2030-01-01T00:00:00Z")));
  }

  @Test
  void takesNothingThatIsNotWhole() {
    for (String member :
        new String[] {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
      ObjectNode without = answer("2030-01-01T00:00:00Z");
      without.remove(member);
      assertThat(IssuedCredentials.of(without)).as(member).isEmpty();
    }
    assertThat(IssuedCredentials.of(answer("tomorrow"))).isEmpty();
    assertThat(IssuedCredentials.of(answer("x").put("Expiration", 1_900_000_000))).isEmpty();
  }
}
