package com.quiltdata.mcp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.quiltdata.mcp.config.ProgramSettings.Transport;
import com.quiltdata.mcp.config.Setting.ValueReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How texts become values, and the rule that each refusal tells.
final class ReadersTest {
  private static final ValueReader<Integer> WHOLE = Readers.whole(0, 65_535);
  private static final ValueReader<Long> SIZE = Readers.size(1_024, 1 << 30);
  private static final ValueReader<Duration> DURATION =
      Readers.duration(Duration.ofMillis(100), Duration.ofHours(1));
  private static final ValueReader<URI> ADDRESS = Readers.address();
  private static final ValueReader<Transport> CHOICE = Readers.choice(Transport.class);

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of(Readers.text(), " a b ", "a b"),
        Arguments.of(Readers.secretText(), " a\n", " a\n"),
        Arguments.of(WHOLE, "0", 0),
        Arguments.of(WHOLE, " 65535 ", 65_535),
        Arguments.of(Readers.flag(), "TRUE", true),
        Arguments.of(Readers.flag(), "1", true),
        Arguments.of(Readers.flag(), "yes", true),
        Arguments.of(Readers.flag(), " on ", true),
        Arguments.of(Readers.flag(), "False", false),
        Arguments.of(Readers.flag(), "0", false),
        Arguments.of(Readers.flag(), "no", false),
        Arguments.of(Readers.flag(), "off", false),
        Arguments.of(SIZE, "65536", 65_536L),
        Arguments.of(SIZE, "64KiB", 65_536L),
        Arguments.of(SIZE, "12 mib", 12L << 20),
        Arguments.of(SIZE, "1GiB", 1L << 30),
        Arguments.of(SIZE, "2048B", 2_048L),
        Arguments.of(DURATION, "30", Duration.ofSeconds(30)),
        Arguments.of(DURATION, "30s", Duration.ofSeconds(30)),
        Arguments.of(DURATION, "500MS", Duration.ofMillis(500)),
        Arguments.of(DURATION, "5 m", Duration.ofMinutes(5)),
        Arguments.of(DURATION, "1h", Duration.ofHours(1)),
        Arguments.of(CHOICE, "streamable-http", Transport.STREAMABLE_HTTP),
        Arguments.of(CHOICE, "Streamable_HTTP", Transport.STREAMABLE_HTTP),
        Arguments.of(CHOICE, " stdio ", Transport.STDIO),
        Arguments.of(Readers.list(), "a, b,,c ,", List.of("a", "b", "c")),
        Arguments.of(Readers.list(), ",", List.of()),
        Arguments.of(
            ADDRESS, "https://demo.quiltdata.com", URI.create("https://demo.quiltdata.com")),
        Arguments.of(ADDRESS, " https://h:8443/x ", URI.create("https://h:8443/x")),
        Arguments.of(ADDRESS, "http://localhost:3000", URI.create("http://localhost:3000")),
        Arguments.of(ADDRESS, "http://127.0.0.1", URI.create("http://127.0.0.1")),
        Arguments.of(ADDRESS, "http://[::1]:80", URI.create("http://[::1]:80")));
  }

  @ParameterizedTest
  @MethodSource("good")
  void reads(ValueReader<?> reader, String text, Object value) {
    assertThat((Object) reader.read(text)).isEqualTo(value);
  }

  static Stream<Arguments> bad() {
    String size = "must be a size such as 65536, 64KiB or 12MiB";
    String duration = "must be a duration such as 30s, 500ms or 5m";
    String address = "must be an address such as https://demo.quiltdata.com";
    return Stream.of(
        Arguments.of(Readers.text(), "  ", "must not be blank"),
        Arguments.of(Readers.secretText(), "", "must not be empty"),
        Arguments.of(WHOLE, "-1", "must be a whole number from 0 to 65535"),
        Arguments.of(WHOLE, "65536", "must be a whole number from 0 to 65535"),
        Arguments.of(WHOLE, "8e3", "must be a whole number from 0 to 65535"),
        Arguments.of(WHOLE, "", "must be a whole number from 0 to 65535"),
        Arguments.of(WHOLE, "99999999999999999999", "must be a whole number from 0 to 65535"),
        Arguments.of(Readers.flag(), "maybe", "must be true or false"),
        Arguments.of(Readers.flag(), "", "must be true or false"),
        Arguments.of(SIZE, "12MB", size),
        Arguments.of(SIZE, "-5", size),
        Arguments.of(SIZE, "1.5MiB", size),
        Arguments.of(SIZE, "", size),
        Arguments.of(SIZE, "1023", "must be from 1024 to 1073741824 bytes"),
        Arguments.of(SIZE, "2GiB", "must be from 1024 to 1073741824 bytes"),
        Arguments.of(SIZE, "999999999999999GiB", "must be from 1024 to 1073741824 bytes"),
        Arguments.of(DURATION, "5 days", duration),
        Arguments.of(DURATION, "PT5S", duration),
        Arguments.of(DURATION, "99ms", "must be from 100ms to 3600s"),
        Arguments.of(DURATION, "2h", "must be from 100ms to 3600s"),
        Arguments.of(DURATION, "999999999999999h", "must be from 100ms to 3600s"),
        Arguments.of(CHOICE, "sse", "must be one of http, streamable-http, stdio"),
        Arguments.of(CHOICE, "", "must be one of http, streamable-http, stdio"),
        Arguments.of(ADDRESS, "demo.quiltdata.com", address),
        Arguments.of(ADDRESS, "http://demo.quiltdata.com", address),
        Arguments.of(ADDRESS, "http://127.evil.example", address),
        Arguments.of(ADDRESS, "http://localhost.evil.example", address),
        Arguments.of(ADDRESS, "https://user:pass@demo.quiltdata.com", address),
        Arguments.of(ADDRESS, "https://demo.quiltdata.com?x=1", address),
        Arguments.of(ADDRESS, "https://demo.quiltdata.com#x", address),
        Arguments.of(ADDRESS, "file:///etc/passwd", address),
        Arguments.of(ADDRESS, "https://", address),
        Arguments.of(ADDRESS, "https://a b", address));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesAndSaysTheRule(ValueReader<?> reader, String text, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(text))
        .withMessage(rule)
        .withNoCause();
  }
}
