package com.quiltdata.mcp.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.auth.IssuingKey;
import com.quiltdata.mcp.fault.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the keys of an issuer are found and read.
@Timeout(60)
final class PublishedKeysTest {
  private static final IssuingKey KEY = IssuingKey.p256("k1");

  private final FakeIssuer issuer = new FakeIssuer();

  @AfterEach
  void stop() {
    issuer.close();
  }

  private PublishedKeys keys() {
    return new PublishedKeys(IssuerConfig.of(issuer.address(), Optional.empty()));
  }

  private PublishedKeys keysOf(String path) {
    return new PublishedKeys(
        IssuerConfig.of(URI.create(issuer.address() + path), Optional.empty()));
  }

  private static String failure(PublishedKeys keys) {
    String text = catchThrowableOfType(Fault.class, keys::get).text();
    assertThat(text).doesNotContain("localhost", "Exception", "java.");
    return text;
  }

  @Test
  void areWhereTheMetadataSay() {
    issuer.publish(KEY);
    assertThat(keys().get().ids()).containsExactly("k1");
    assertThat(issuer.asked()).containsExactly(FakeIssuer.OAUTH, "/keys");
  }

  @Test
  void areLookedForAnewEachTime() {
    issuer.publish(KEY);
    PublishedKeys keys = keys();
    keys.get();
    issuer.serve("/moved", 200, IssuingKey.set(IssuingKey.p256("k2")));
    issuer.serve(
        FakeIssuer.OAUTH,
        200,
        FakeIssuer.metadata(issuer.address().toString(), issuer.address() + "/moved"));
    assertThat(keys.get().ids()).containsExactly("k2");
  }

  @Test
  void areWhereTheOperatorSays() {
    issuer.serve("/own", 200, IssuingKey.set(KEY));
    PublishedKeys keys =
        new PublishedKeys(
            IssuerConfig.of(
                URI.create("https://issuer.example.com"),
                Optional.of(URI.create(issuer.address() + "/own"))));
    assertThat(keys.get().ids()).containsExactly("k1");
    assertThat(issuer.asked()).containsExactly("/own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server/tenant",
        "/.well-known/openid-configuration/tenant",
        "/tenant/.well-known/openid-configuration"
      })
  void metadataAreUnderThreeNames(String place) {
    issuer.publish(KEY);
    issuer.serve(
        place, 200, FakeIssuer.metadata(issuer.address() + "/tenant", issuer.address() + "/keys"));
    assertThat(keysOf("/tenant").get().ids()).containsExactly("k1");
    assertThat(issuer.asked()).contains(place).doesNotContain(FakeIssuer.OAUTH);
  }

  @Test
  void anIssuerMayEndWithASlash() {
    issuer.publish(KEY);
    issuer.serve(
        FakeIssuer.OPENID,
        200,
        FakeIssuer.metadata(issuer.address() + "/", issuer.address() + "/keys"));
    issuer.serve(FakeIssuer.OAUTH, 404, "");
    assertThat(keysOf("/").get().ids()).containsExactly("k1");
  }

  @Test
  void metadataOfAnotherIssuerAreRefused() {
    issuer.publish(KEY);
    issuer.serve(
        FakeIssuer.OAUTH,
        200,
        FakeIssuer.metadata("https://issuer.example.com", issuer.address() + "/keys"));
    assertThat(failure(keys())).isEqualTo("The metadata of the issuer name another issuer");
    assertThat(issuer.asked()).containsExactly(FakeIssuer.OAUTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example.com/keys",
        "ftp://localhost/keys",
        "file:///etc/passwd",
        "https://user@issuer.example.com/keys",
        "https:///keys",
        "keys",
        ""
      })
  void metadataLeadNowhereElse(String address) {
    issuer.serve(FakeIssuer.OAUTH, 200, FakeIssuer.metadata(issuer.address().toString(), address));
    assertThat(failure(keys())).contains("name no key set (jwks_uri) over https");
    assertThat(issuer.asked()).containsExactly(FakeIssuer.OAUTH);
  }

  @Test
  void anIssuerElsewhereLeadsNotToThisMachine() {
    String metadata = FakeIssuer.metadata("https://issuer.example.com", "https://localhost/keys");
    Fault fault =
        catchThrowableOfType(
            Fault.class,
            () ->
                IssuerMetadata.keys(
                    metadata.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    URI.create("https://issuer.example.com")));
    assertThat(fault.text()).contains("name no key set");
  }

  @Test
  void thereAreNoMetadata() {
    issuer.serve(FakeIssuer.OAUTH, 404, "");
    assertThat(failure(keys()))
        .isEqualTo(
            "The metadata of the issuer cannot be read: there are none under any of their names");
    assertThat(issuer.asked()).containsExactly(FakeIssuer.OAUTH, FakeIssuer.OPENID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          301 | ''            | cannot be read: status 301
          307 | ''            | cannot be read: status 307
          404 | {}            | cannot be read: status 404
          500 | {"keys":[]}   | cannot be read: status 500
          200 | {"keys":[]}   | has no key that can be used
          200 | <html></html> | is no acceptable JSON
          """)
  void whatIsNoKeySetIsToldAndNoRedirectIsFollowed(int status, String body, String told) {
    issuer.serve("/keys", status, body);
    assertThat(failure(keys())).contains("The key set of the issuer", told);
    assertThat(issuer.asked()).containsExactly(FakeIssuer.OAUTH, "/keys");
  }

  @Test
  void anEndlessKeySetIsNotRead() {
    issuer.serve("/keys", 200, "{\"keys\":[],\"x\":\"%s\"}".formatted("x".repeat(200_000)));
    assertThat(failure(keys())).endsWith("no usable answer");
  }

  @Test
  void aSlowIssuerIsNotWaitedFor() {
    issuer.hold("/keys");
    PublishedKeys keys =
        new PublishedKeys(
            new IssuerConfig(
                issuer.address(), Optional.empty(), Duration.ofSeconds(1), Duration.ofMillis(300)));
    long start = System.nanoTime();
    assertThat(failure(keys)).endsWith("no answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void nobodyListens() {
    PublishedKeys keys = keys();
    issuer.close();
    assertThat(failure(keys)).endsWith("no usable answer");
  }
}
