package com.quiltdata.mcp.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpConfigTest {
  private static final InetAddress PEER = InetAddress.ofLiteral("10.1.2.3");

  @Test
  void defaultsAreTheDocumentedLimits() {
    HttpConfig config = HttpConfig.defaults();
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8000);
    assertThat(config.limits())
        .isEqualTo(
            new HttpLimits(8_192, 65_536, 100, 12_582_912, 50_331_648, 1_024, 1_024, 64, 32));
    assertThat(config.timers().header()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.timers().body()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.timers().write()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.timers().idle()).isGreaterThan(Duration.ofSeconds(75));
    assertThat(config.timers().gate()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.drain().atMost()).isEqualTo(Duration.ofSeconds(35));
    assertThat(config.origins().allows("https://demo.quiltdata.com")).isFalse();
  }

  @Test
  void nonsenseIsRefused() {
    HttpConfig config = HttpConfig.defaults();
    assertThatThrownBy(() -> config.withAddress("", 1)).hasMessageContaining("host");
    assertThatThrownBy(() -> config.withAddress("h", 70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> new HttpLimits(1, 1, 1, 1, 1, 0, 1, 1, 1))
        .hasMessageContaining("connections");
    assertThatThrownBy(() -> new HttpLimits(1, 1, 1, 1, 1, 1, 1, 1, -1))
        .hasMessageContaining("waiting");
    assertThatThrownBy(() -> new HttpLimits(1, 1, 1, 2, 1, 1, 1, 1, 1))
        .hasMessageContaining("together");
    assertThatThrownBy(() -> SlowClientTest.timers(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() ->
            new DrainTimers(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(-1), Duration.ZERO))
        .hasMessageContaining("drain");
  }

  @Test
  void originsAreNormalised() {
    assertThat(AllowedOrigins.of("HTTPS://Demo.Quiltdata.com:443/", " http://h:80 ", "http://h:81"))
        .hasToString("http://h,http://h:81,https://demo.quiltdata.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo.quiltdata.com",
        "https://",
        "https://a/b",
        "ftp://a",
        "null",
        "https://*",
        "https://u@a",
        "https://a?b",
        "file:///a"
      })
  void textThatIsNoOriginIsRefused(String text) {
    assertThatThrownBy(() -> AllowedOrigins.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *            | 203.0.113.9                | 203.0.113.9
          10.0.0.0/8   | 198.51.100.1, 203.0.113.9  | 203.0.113.9
          10.1.2.3     | 203.0.113.9:4711           | 203.0.113.9
          10.1.2.2/31  | [2001:db8::1]:4711         | 2001:db8:0:0:0:0:0:1
          10.1.2.3     | 2001:db8::1                | 2001:db8:0:0:0:0:0:1
          10.1.2.3     | unknown                    | none
          10.1.2.3     | 203.0.113.9, _hidden       | none
          10.1.2.3     | 203.0.113.9,               | none
          10.1.2.4     | 203.0.113.9                | 10.1.2.3
          10.1.0.0/24  | 203.0.113.9                | 10.1.2.3
          2001:db8::/32| 203.0.113.9                | 10.1.2.3
          """)
  void lastHopCountsFromATrustedPeerOnly(String proxies, String forwardedFor, String expected) {
    assertThat(
            TrustedProxies.of(List.of(proxies))
                .client(PEER, List.of("6.6.6.6", forwardedFor))
                .map(InetAddress::getHostAddress)
                .orElse("none"))
        .isEqualTo(expected);
  }

  @Test
  void balancersOwnAddressIsNobodys() {
    assertThat(TrustedProxies.none().client(PEER, List.of("203.0.113.9"))).isEmpty();
    assertThat(TrustedProxies.of(List.of("*")).client(PEER, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "host.example", "10.0.0.1/"})
  void textThatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
