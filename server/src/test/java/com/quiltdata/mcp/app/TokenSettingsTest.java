package com.quiltdata.mcp.app;

import static com.quiltdata.mcp.app.TestConfigs.GOOD;
import static com.quiltdata.mcp.app.TestConfigs.config;
import static com.quiltdata.mcp.app.TestConfigs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.secret.SecretPlace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which tokens a server accepts by its settings: secrets, kept secrets and issuers.
final class TokenSettingsTest {
  @Test
  void keysOfARotationAreBothAccepted() {
    List<SigningKey> keys =
        config(
                Map.of(
                    "MCP_ENHANCED_JWT_SECRET",
                    GOOD,
                    "MCP_ENHANCED_JWT_KID",
                    "new",
                    "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
                    GOOD + "-old",
                    "MCP_ENHANCED_JWT_PREVIOUS_KID",
                    "old"))
            .tokens()
            .known()
            .orElseThrow()
            .keys();
    assertThat(keys).extracting(key -> key.keyId().orElse("")).containsExactly("new", "old");
    assertThat(
            problems(
                Map.of(
                    "MCP_ENHANCED_JWT_SECRET",
                    GOOD,
                    "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
                    GOOD + "-old",
                    "MCP_ENHANCED_JWT_PREVIOUS_KID",
                    "none")))
        .singleElement()
        .asString()
        .startsWith("MCP_ENHANCED_JWT_PREVIOUS_KID");
  }

  @Test
  void secretThatChangesKeepsItsKeyIdUnlessAnotherIsNamed() {
    List<SigningKey> keys =
        config(
                Map.of(
                    "MCP_ENHANCED_JWT_SECRET",
                    GOOD,
                    "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
                    GOOD + "-old"))
            .tokens()
            .known()
            .orElseThrow()
            .keys();
    assertThat(keys)
        .extracting(SigningKey::keyId)
        .containsOnly(Optional.of("frontend-enhanced"))
        .hasSize(2);
  }

  /// Where the secret is looked for. `-` is a setting that is not there.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # address,  secret, parameter, require, inside AWS, place or mode or problem
          0.0.0.0,    -,      /q/jwt,    -,       -,          /q/jwt
          0.0.0.0,    -,      /q/jwt,    -,       yes,        /q/jwt
          0.0.0.0,    -,      -,         -,       yes,        /quilt/mcp-server/jwt-secret
          0.0.0.0,    good,   -,         -,       yes,        PRODUCTION
          0.0.0.0,    good,   /q/jwt,    -,       yes,        PRODUCTION
          0.0.0.0,    -,      -,         -,       -,          is missing
          0.0.0.0,    -,      no name,   -,       -,          must be the name of an SSM parameter
          127.0.0.1,  -,      /q/jwt,    -,       -,          /q/jwt
          127.0.0.1,  -,      /q/jwt,    false,   -,          LOCAL
          127.0.0.1,  -,      -,         -,       yes,        LOCAL
          127.0.0.1,  -,      -,         true,    yes,        /quilt/mcp-server/jwt-secret
          127.0.0.1,  -,      -,         true,    -,          is missing
          """)
  void secretIsLookedForInOrder(
      String address,
      String secret,
      String parameter,
      String require,
      String inside,
      String expected) {
    Map<String, String> environment =
        new HashMap<>(Map.of("FASTMCP_ADDR", address, "MCP_STATE_SECRET", GOOD + "-state"));
    putIfThere(environment, "MCP_ENHANCED_JWT_SECRET", secret.equals("good") ? GOOD : "-");
    putIfThere(environment, "MCP_ENHANCED_JWT_SECRET_PARAM", parameter);
    putIfThere(environment, "MCP_REQUIRE_TOKEN", require);
    putIfThere(environment, "ECS_CONTAINER_METADATA_URI_V4", inside);
    List<String> problems = problems(environment);
    if (!problems.isEmpty()) {
      assertThat(String.join("\n", problems)).contains(expected);
      return;
    }
    ServerConfig config = config(environment);
    if (expected.startsWith("/")) {
      assertThat(config.tokens().kept().orElseThrow().place())
          .isEqualTo(new SecretPlace.Parameter(expected, "us-east-1"));
      assertThat(config.tokens().known()).isEmpty();
    } else {
      assertThat(config.mode()).isEqualTo(Mode.valueOf(expected));
      assertThat(config.tokens().kept()).isEmpty();
      assertThat(config.warnings().stream().anyMatch(text -> text.contains("has no effect")))
          .isEqualTo(secret.equals("good") && !parameter.equals("-"));
    }
  }

  private static void putIfThere(Map<String, String> environment, String name, String value) {
    if (!value.equals("-")) {
      environment.put(name, value);
    }
  }

  @Test
  void hardAgeOfASecretIsNotUnderTheSoftOne() {
    assertThat(
            problems(
                Map.of(
                    "MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER",
                    "/q/jwt",
                    "MCP_JWT_SECRET_REFRESH",
                    "20s",
                    "MCP_JWT_SECRET_MAX_AGE",
                    "10s")))
        .singleElement()
        .asString()
        .startsWith("MCP_JWT_SECRET_MAX_AGE");
  }

  private static Map<String, String> issuer(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MCP_OAUTH_ISSUER", "https://issuer.example.com/");
    environment.put("MCP_PUBLIC_URL", "https://demo.quiltdata.com/mcp");
    environment.put("MCP_OAUTH_BUCKETS", "one,*");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void anIssuerIsEnoughToServeOthers() {
    ServerConfig config = config(issuer("FASTMCP_ADDR", "0.0.0.0", "MCP_PEERS", "single"));
    assertThat(config.mode()).isEqualTo(Mode.PRODUCTION);
    assertThat(config.tokens().known()).isEmpty();
    IssuerSetup setup = config.tokens().issuer().orElseThrow();
    assertThat(setup.rules().token().issuer()).isEqualTo("https://issuer.example.com/");
    assertThat(setup.rules().token().audience()).isEqualTo("https://demo.quiltdata.com/mcp");
    assertThat(setup.rules().token().requireAudience()).isTrue();
    assertThat(setup.rules().buckets()).isEqualTo(new BucketScope(Set.of("one"), true));
    assertThat(setup.rules().bucketsClaim()).isEmpty();
    assertThat(setup.issuer().keys()).isEmpty();
    assertThat(setup.ages().usable()).isEqualTo(Duration.ofHours(1));
    assertThat(config(issuer()).mode()).isEqualTo(Mode.DEVELOPMENT);
  }

  @Test
  void anIssuerStandsBesideTheSecretAndInPlaceOfTheUsualParameter() {
    AcceptedTokens both = config(issuer("MCP_ENHANCED_JWT_SECRET", GOOD)).tokens();
    assertThat(both.known()).isPresent();
    assertThat(both.issuer()).isPresent();
    AcceptedTokens inAws = config(issuer("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE")).tokens();
    assertThat(inAws.kept()).isEmpty();
    assertThat(inAws.issuer()).isPresent();
    AcceptedTokens named =
        config(issuer("MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER", "/quilt/jwt")).tokens();
    assertThat(named.kept()).isPresent();
    assertThat(named.issuer()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MCP_PUBLIC_URL         | https://demo.quiltdata.com/mcp/ | MCP_PUBLIC_URL: must not end with a slash
          MCP_PUBLIC_URL         | http://demo.quiltdata.com/mcp   | must be an address such as https
          MCP_OAUTH_ISSUER       | http://issuer.example.com       | must be an address such as https
          MCP_OAUTH_JWKS_URL     | http://issuer.example.com/keys  | must be an address such as https
          MCP_OAUTH_WRITE_SCOPE  | quilt:read                      | the scopes for reading, writing and administrating differ
          MCP_OAUTH_ADMIN_SCOPE  | a b                             | a scope is made of visible ASCII characters
          MCP_OAUTH_BUCKETS      | one,Two                         | must be names of buckets, or *
          MCP_OAUTH_KEYS_MAX_AGE | 10s                             | the hard age
          """)
  void whatDoesNotFitAnIssuerIsTold(String name, String value, String told) {
    assertThat(problems(issuer(name, value))).hasSize(1).first().asString().contains(told);
  }

  @Test
  void anIssuerNeedsThePublicAddress() {
    assertThat(problems(Map.of("MCP_OAUTH_ISSUER", "https://issuer.example.com")))
        .singleElement()
        .asString()
        .contains("MCP_PUBLIC_URL");
    Map<String, String> secretOnly =
        Map.of("MCP_OAUTH_BUCKETS", "one", "MCP_ENHANCED_JWT_SECRET", GOOD);
    assertThat(config(secretOnly).warnings())
        .contains("MCP_OAUTH_BUCKETS has no effect without MCP_OAUTH_ISSUER");
    Map<String, String> without = issuer();
    without.remove("MCP_OAUTH_BUCKETS");
    assertThat(config(without).warnings())
        .anyMatch(text -> text.startsWith("Tokens of MCP_OAUTH_ISSUER cover no bucket"));
  }

  @Test
  void keyIdCanBeLeftOut() {
    Map<String, String> environment = new HashMap<>();
    environment.put("MCP_ENHANCED_JWT_SECRET", GOOD);
    environment.put("MCP_ENHANCED_JWT_KID", "none");
    assertThat(config(environment).tokens().known().orElseThrow().keys().getFirst().keyId())
        .isEmpty();
  }
}
