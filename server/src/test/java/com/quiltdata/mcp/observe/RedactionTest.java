package com.quiltdata.mcp.observe;

import static com.quiltdata.mcp.observe.LogLines.event;
import static com.quiltdata.mcp.observe.LogLines.failure;
import static com.quiltdata.mcp.observe.LogLines.json;
import static com.quiltdata.mcp.observe.LogLines.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets never reach a log (threat S32). Each case hides the word TOPSECRET in a secret.
final class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJIUzI1NiJ9.TOPSECRET.TOPSECRET",
        "eyJhbGciOiJIUzI1NiJ9.TOPSECRET",
        "%20eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.TOPSECRET",
        "eyJhbGciOiJkaXIifQ..TOPSECRET.TOPSECRET.TOPSECRET",
        "eyJTOPSECRETTOPSECRET",
        "Authorization: Bearer TOPSECRET-TOPSECRET",
        "authorization=bearer TOPSECRETTOPSECRET",
        "Authorization: Basic dTpUT1BTRUNSRVQ=TOPSECRET",
        "{\"Authorization\": \"TOPSECRET of a scheme\"}",
        "Bearer  TOPSECRET",
        "Cookie: a=b; session=TOPSECRET",
        "Set-Cookie: session=TOPSECRET; Secure",
        "https://b.s3.amazonaws.com/k?X-Amz-Signature=TOPSECRET&x=1",
        "https://x/?url=https%3A%2F%2Fb%3Fx-amz-signature%3DTOPSECRET",
        "X-Amz-Security-Token=TOPSECRET%2Fabc",
        "X-Amz-Credential=TOPSECRET/20260101/us-east-1/s3/aws4_request",
        "aws_secret_access_key = TOPSECRET",
        "{\"secretAccessKey\":\"TOPSECRET\"}",
        "{\"SessionToken\": \"TOPSECRET\"}",
        "session_token=TOPSECRET",
        "access_token=TOPSECRET",
        "password=TOPSECRET",
        "{'passwd': 'TOPSECRET'}",
        "MCP_ENHANCED_JWT_SECRET=TOPSECRET",
      })
  void secretIsStruckOutWhereverItStands(String text) {
    assertThat(Redaction.of("before " + text)).startsWith("before ").contains("***");
    assertThat(json(record(Level.INFO, text)).toString()).doesNotContain("TOPSECRET");
    assertThat(json(event("e", LogFields.of("x", text))).toString()).doesNotContain("TOPSECRET");
    assertThat(json(failure(Level.SEVERE, "x", new IllegalStateException("a " + text))).toString())
        .doesNotContain("TOPSECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"})
  void keyIdsAreStruckOut(String text) {
    assertThat(Redaction.of("key " + text + " of x")).isEqualTo("key *** of x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MCP_ENHANCED_JWT_SECRET is shorter than 32 bytes",
        "s3://bucket/secrets/of/the/trade.csv",
        "the bearer of bad news",
        "token expired",
        "/mcp/healthz"
      })
  void otherTextStays(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void secretThatTheCutWouldDivideIsStruckOut() {
    for (int before = 1_900; before < 2_060; before++) {
      String text = "x".repeat(before) + " AKIAIOSFODNN7EXAMPLE eyJhbGciOiJIUzI1NiJ9.TOPSECRET";
      assertThat(json(event("e", LogFields.of("x", text))).path("x").asString())
          .doesNotContain("AKIA", "eyJ", "TOPS");
    }
  }

  @Test
  @Timeout(10)
  void longTextCostsLittle() {
    for (String unit : new String[] {"eyJ", "Authorization", "secret", "AKIA", "Bearer "}) {
      long start = System.nanoTime();
      json(event("e", LogFields.of("x", unit.repeat(1_000_000))));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
