package com.quiltdata.mcp.auth;

import static com.quiltdata.mcp.auth.ForgedToken.bearer;
import static com.quiltdata.mcp.auth.ForgedToken.caller;
import static com.quiltdata.mcp.auth.ForgedToken.claims;
import static com.quiltdata.mcp.auth.ForgedToken.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the claims about rights come to.
final class ClaimExpansionTest {
  private final TokenVerifier verifier =
      new TokenVerifier(
          new TokenConfig(
              ForgedToken.config().keys(),
              new TokenRules("quilt-frontend", "quilt-mcp-server", false, Duration.ZERO, 65_536)),
          () -> ForgedToken.NOW);

  @ParameterizedTest
  @MethodSource("buckets")
  void readsBuckets(String claim, Set<String> names, boolean isEverything) {
    assertThat(read(claim).buckets()).isEqualTo(new BucketScope(names, isEverything));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void refusesTokensThatExpandToTooMuch(String claim, String reason) {
    assertThat(verifier.authenticate(bearer(withPayload(claims(claim)))))
        .isEqualTo(new Authentication.Rejected(false, reason));
  }

  @Test
  void expandsPermissionsOfTheShortClaimOnly() {
    assertThat(read("\"p\":[\"g\",\"gm\",\"s3:*\",\" l \"]").permissions())
        .containsExactlyInAnyOrder("s3:GetObject", "gm", "s3:*", "s3:ListBucket");
    assertThat(read("\"permissions\":[\"g\"],\"p\":[\"l\"]").permissions()).containsExactly("g");
    assertThat(read("\"permissions\":[],\"p\":[\"l\"]").permissions()).isEmpty();
    assertThat(read("\"permissions\":\"s3:*\"").permissions()).isEmpty();
    assertThat(read("\"p\":{\"g\":\"g\"}").permissions()).isEmpty();
  }

  @Test
  void readsTheLevel() {
    assertThat(read("").level()).isEqualTo(Level.READ);
    assertThat(read("\"l\":\"write\"").level()).isEqualTo(Level.WRITE);
    assertThat(read("\"level\":\"read\",\"l\":\"admin\"").level()).isEqualTo(Level.READ);
    assertThat(read("\"level\":\"Admin\",\"l\":\"admin\"").level()).isEqualTo(Level.NONE);
    assertThat(read("\"level\":[\"admin\"]").level()).isEqualTo(Level.READ);
  }

  @Test
  void findsTheRole() {
    assertThat(role("\"roleArn\":\"arn:d\",\"aws_role_arn\":\"arn:a\"")).isEqualTo("arn:a");
    assertThat(role("\"role_arn\":\"\",\"awsRoleArn\":7,\"roleArn\":\"arn:d\"")).isEqualTo("arn:d");
    assertThat(
            role("\"r\":[\"ReadOnlyQuilt\",\"arn:aws:iam::1:role/a\",\"arn:aws:iam::1:role/b\"]"))
        .isEqualTo("arn:aws:iam::1:role/a");
    assertThat(role("\"roles\":[\"ReadOnlyQuilt\"]")).isEmpty();
  }

  @Test
  void readsCredentialsAndNeverPrintsThem() {
    String keyId = UsedSecrets.note("ASIA-OF-A-CLAIM");
    String key = UsedSecrets.note("key-of-a-claim");
    String session = UsedSecrets.note("session-of-a-claim");
    Caller.Bearer caller =
        read(
            "\"awsCredentials\":{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"session_token\":\"%s\",\"region\":\"eu-west-1\"}"
                .formatted(keyId, key, session));

    ClaimedCredentials credentials = caller.aws().credentials().orElseThrow();
    assertThat(credentials.accessKeyId()).isEqualTo(keyId);
    assertThat(credentials.secretAccessKey()).isEqualTo(key);
    assertThat(credentials.sessionToken()).contains(session);
    assertThat(credentials.region()).contains("eu-west-1");
    assertThat(caller.toString()).doesNotContain(keyId, key, session);
  }

  @Test
  void takesNoHalfCredentialsAndNoRegionThatIsAHost() {
    assertThat(read("\"aws_credentials\":{\"access_key_id\":\"A\"}").aws().credentials()).isEmpty();
    assertThat(read("\"aws_credentials\":\"A\"").aws().credentials()).isEmpty();
    assertThat(
            read("\"aws_credentials\":{\"access_key_id\":\"A\\r\\nB\",\"secret_access_key\":\"S\"}")
                .aws()
                .credentials())
        .isEmpty();
    assertThat(
            read("\"aws_credentials\":{\"access_key_id\":\"A\",\"secret_access_key\":\"S\","
                    + "\"region\":\"x.attacker.example/#\"}")
                .aws()
                .credentials()
                .orElseThrow()
                .region())
        .isEmpty();
  }

  static Stream<Arguments> buckets() {
    return Stream.of(
        grants("\"buckets\":[\"a\",\"a\",\" b \"]", "a", "b"),
        grants("\"buckets\":[{\"name\":\"a\"},{\"title\":\"b\"},[\"c\"],true]", "a"),
        grants("\"buckets\":\"a\""),
        grants("\"buckets\":{\"_type\":\"groups\",\"_data\":{\"a\":[\"b\"]}}"),
        grants("\"buckets\":\"a\",\"b\":[\"c\"]", "c"),
        grants(
            "\"b\":{\"_type\":\"groups\",\"_data\":{\"a\":[\"b\",\"a\",7,\"c-d\"]}}",
            "a-b",
            "a-c-d"),
        grants("\"b\":{\"_type\":\"groups\",\"_data\":[\"a\"]}"),
        grants(
            "\"b\":{\"_type\":\"patterns\",\"_data\":{\"quilt\":[\"x\"],\"new\":[\"y\"]}}",
            "quilt-x",
            "y"),
        grants("\"b\":{\"_type\":\"zipped\",\"_data\":{\"a\":[\"b\"]}}"),
        grants("\"b\":{\"_type\":7}"),
        grants("\"b\":{\"_type\":\"groups\",\"_data\":{\"a\":{\"x\":\"b\"}}}"),
        grants("\"b\":{\"_type\":\"patterns\",\"_data\":{\"other\":{\"x\":\"b\"}}}"),
        grants(
            "\"b\":{\"_type\":\"patterns\",\"_data\":{\"quilt\":[\"\",\" \",\"*\"]}}", "quilt-*"),
        grants("\"buckets\":[\" *\",\"* \",\"**\"]", "**"),
        grants("\"b\":{}"),
        grants("\"b\":\"*\""),
        grants(compressed("[\"a\",{\"name\":\"b\"},1]"), "a", "b"),
        grants(compressed("{\"a\":1}")),
        grants(compressed("[\"a\"")),
        grants(compressed("")),
        grants("\"b\":{\"_type\":\"compressed\",\"_data\":[\"a\"]}"),
        grants("\"buckets\":[\"t*\",\"arn:aws:s3:::a\"]", "t*", "arn:aws:s3:::a"),
        Arguments.of("\"buckets\":[\"*\",\"a\"]", Set.of("a"), true));
  }

  static Stream<Arguments> bombs() {
    String tooMuch = "the claims expand to too much";
    return Stream.of(
        Arguments.of("\"buckets\":[%s]".formatted(many("\"a\"", 10_001)), tooMuch),
        Arguments.of("\"p\":[%s]".formatted(many("\"g\"", 10_001)), tooMuch),
        Arguments.of(
            "\"r\":[%1$s],\"p\":[%1$s],\"b\":[%1$s]".formatted(many("\"g\"", 3_400)), tooMuch),
        Arguments.of(
            "\"b\":{\"_type\":\"groups\",\"_data\":{\"%s\":[%s]}}"
                .formatted("x".repeat(250), many("\"a\"", 1_100)),
            tooMuch),
        Arguments.of(
            compressed("[" + many("\"a\"", 5_000) + "]")
                + ",\"p\":["
                + many("1", 9)
                + ","
                + many("\"g\"", 5_001)
                + "]",
            tooMuch),
        Arguments.of(compressed("[".repeat(9) + "]".repeat(9)), "the claims expand too deeply"),
        Arguments.of(
            compressed("[".repeat(15_000) + "]".repeat(15_000)), "the claims expand too deeply"),
        Arguments.of(
            "\"b\":" + "[".repeat(3_000) + "]".repeat(3_000), "the payload is no acceptable JSON"));
  }

  private static Arguments grants(String claim, String... names) {
    return Arguments.of(claim, Set.of(names), false);
  }

  private static String compressed(String json) {
    String data = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return "\"b\":{\"_type\":\"compressed\",\"_data\":\"%s\"}".formatted(data);
  }

  private static String many(String entry, int count) {
    return IntStream.range(0, count).mapToObj(_ -> entry).collect(Collectors.joining(","));
  }

  private String role(String claim) {
    return read(claim).aws().roleArn().orElse("");
  }

  private Caller.Bearer read(String claim) {
    return caller(verifier.authenticate(bearer(withPayload(claims(claim)))));
  }
}
