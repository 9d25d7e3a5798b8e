package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.quiltdata.mcp.json.StrictJson;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What the scopes of an issuer open, and what is missing.
final class ScopeRightsTest {
  private static final ToolPolicy POLICY = new ToolPolicy();

  private static Caller.Bearer caller(Level level, String... buckets) {
    return new Caller.Bearer(
        "ada",
        "k",
        level,
        ScopeRights.actions(level),
        new BucketScope(Set.of(buckets), false),
        Set.of(),
        "",
        Instant.parse("2030-01-01T00:00:00Z"),
        TokenDigest.of("t"),
        AwsClaims.none(),
        Optional.of("https://issuer.example.com"));
  }

  @Test
  void everyToolIsOpenToSomeScope() {
    for (Map.Entry<String, ToolNeeds> row : ToolTable.rows().entrySet()) {
      Level least = ScopeRights.least(row.getValue()).orElseThrow();
      assertThat(least).as(row.getKey()).isNotEqualTo(Level.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "package_browse,      NONE,  READ",
    "package_browse,      READ,  ''",
    "package_create,      NONE,  WRITE",
    "package_create,      READ,  WRITE",
    "package_create,      WRITE, ''",
    "package_delete,      READ,  WRITE",
    "admin_users_list,    WRITE, ADMIN",
    "admin_users_list,    ADMIN, ''",
    "athena_query_execute,NONE,  READ",
    "whoami,              NONE,  ''",
    "no_such_tool,        NONE,  ''"
  })
  void saysWhichLevelACallLacks(String tool, Level has, String lacks) {
    ObjectNode arguments = StrictJson.NODES.objectNode().put("registry", "s3://mine");
    assertThat(POLICY.lackedLevel(caller(has, "mine"), tool, arguments).map(Level::name).orElse(""))
        .isEqualTo(lacks);
  }

  @Test
  void moreScopeDoesNotOpenABucket() {
    ObjectNode theirs = StrictJson.NODES.objectNode().put("registry", "s3://theirs");
    assertThat(POLICY.lackedLevel(caller(Level.READ, "mine"), "package_browse", theirs)).isEmpty();
    assertThat(POLICY.decide(caller(Level.READ, "mine"), "package_browse", theirs))
        .isInstanceOf(Decision.Denied.class);
  }

  @Test
  void onlyBearersOfAnIssuersTokenCanAskForMore() {
    ObjectNode arguments = StrictJson.NODES.objectNode().put("registry", "s3://mine");
    for (Caller other :
        Set.of(Callers.LOCAL, Callers.ANONYMOUS, Callers.bearerOf(Set.of(), "mine"))) {
      assertThat(POLICY.lackedLevel(other, "package_browse", arguments)).isEmpty();
    }
  }

  @Test
  void aWideScopeIncludesTheNarrowOnes() {
    ScopeNames names = new ScopeNames("r", "w", "a");
    assertThat(names.upTo(Level.ADMIN)).containsExactly("r", "w", "a");
    assertThat(names.upTo(Level.READ)).containsExactly("r");
    assertThat(names.upTo(Level.NONE)).isEmpty();
    assertThat(ScopeRights.actions(Level.ADMIN)).containsAll(ScopeRights.actions(Level.WRITE));
    assertThat(ScopeRights.actions(Level.WRITE)).containsAll(ScopeRights.actions(Level.READ));
    assertThat(names.level(Set.of("w"))).isEqualTo(Level.WRITE);
  }

  @ParameterizedTest
  @CsvSource({"r,r,a", "'',w,a", "r r,w,a", "r,w,'a\"'", "r,w,a\\", "ü,w,a"})
  void namesOfScopesGoIntoAHeader(String read, String write, String admin) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScopeNames(read, write, admin));
  }
}
