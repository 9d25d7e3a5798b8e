package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.auth.IssuedCredentials;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of a registry, and which answers count.
@Timeout(60)
final class RegistryExchangeTest {
  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  private RegistryExchange exchange(Duration whole) {
    return new RegistryExchange(
        new RegistryConfig(registry.address(), Optional.empty(), Duration.ofSeconds(1), whole));
  }

  private RegistryExchange exchange() {
    return exchange(Duration.ofSeconds(10));
  }

  private static void saysNothing(RegistryExchange exchange) {
    Fault fault = catchThrowableOfType(Fault.class, () -> exchange.exchange("t.o.k"));
    assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    assertThat(fault.text()).doesNotContain("127.0.0.1", "http");
  }

  @Test
  void asksTheRegistryThatTheCatalogNames() {
    registry.know("t.o.k", "ASIAREG");
    RegistryExchange exchange = exchange();
    IssuedCredentials given = exchange.exchange("t.o.k").orElseThrow();
    assertThat(given.credentials().accessKeyId()).isEqualTo("ASIAREG");
    assertThat(given.credentials().secretAccessKey()).isEqualTo(FakeRegistry.SECRET);
    assertThat(given.credentials().sessionToken()).contains(FakeRegistry.SESSION);
    assertThat(given.expiresAt()).isEqualTo(Instant.parse("2040-01-01T00:00:00Z"));
    assertThat(exchange.exchange("other")).isEmpty();
    assertThat(registry.asked())
        .containsExactly(
            "GET /config.json",
            "GET /reg/api/auth/get_credentials Bearer t.o.k",
            "GET /reg/api/auth/get_credentials Bearer other");
  }

  @Test
  void asksTheRegistryThatIsNamedHere() {
    RegistryConfig config =
        RegistryConfig.of(
            URI.create("https://catalog.example.com"),
            Optional.of(URI.create(registry.address() + "/own/")));
    assertThat(new RegistryExchange(config).exchange("t.o.k")).isEmpty();
    assertThat(registry.asked()).containsExactly("GET /own/api/auth/get_credentials Bearer t.o.k");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void followsNoRedirect(int status) {
    registry.answer(status, "", false);
    saysNothing(exchange());
    assertThat(registry.asked()).hasSize(2).noneMatch(one -> one.contains("elsewhere"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {}
          200 | []
          200 | <html>
          200 | {"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2040-01-01T00:00:00Z"}
          200 | {"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"t"}
          200 | {"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"t","Expiration":"soon"}
          200 | {"AccessKeyId":"A b","SecretAccessKey":"s","SessionToken":"t","Expiration":"2040-01-01T00:00:00Z"}
          204 | ''
          404 | {}
          429 | {}
          500 | {}
          503 | <html>
          """)
  void takesNothingElseForAnAnswer(int status, String body) {
    registry.answer(status, status == 204 ? "" : body, false);
    saysNothing(exchange());
  }

  @Test
  void takesARefusalForANo() {
    registry.answer(403, "{}", false);
    assertThat(exchange().exchange("t.o.k")).isEmpty();
  }

  @Test
  void readsNoEndlessAnswer() {
    registry.answer(200, "{\"x\":\"%s\"}".formatted("x".repeat(100_000)), false);
    saysNothing(exchange());
  }

  @Test
  void waitsForNoBodyThatDoesNotCome() {
    registry.answer(200, "{", true);
    long start = System.nanoTime();
    saysNothing(exchange(Duration.ofMillis(300)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example.com",
        "ftp://registry.example.com",
        "https://user@registry.example.com",
        "https://registry.example.com?x=1",
        "https:///path",
        "registry.example.com",
        "\u0007"
      })
  void goesToNoOtherAddress(String address) {
    registry.configure("{\"registryUrl\":\"%s\"}".formatted(address.replace("\u0007", "\\u0007")));
    saysNothing(exchange());
    assertThat(registry.asked()).containsExactly("GET /config.json");
  }

  @Test
  void needsACatalogThatNamesOne() {
    registry.configure("{\"registryUrl\":7}");
    saysNothing(exchange());
    registry.configure("no json");
    saysNothing(exchange());
  }

  @Test
  void triesAgainWhenNobodyIsThere() {
    RegistryExchange exchange = exchange();
    registry.configure("{}");
    saysNothing(exchange);
    registry.configure("{\"registryUrl\":\"%s/late\"}".formatted(registry.address()));
    assertThat(exchange.exchange("t.o.k")).isEmpty();
  }
}
