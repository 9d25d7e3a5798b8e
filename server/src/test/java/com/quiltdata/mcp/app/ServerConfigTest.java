package com.quiltdata.mcp.app;

import static com.quiltdata.mcp.app.TestConfigs.BUILD;
import static com.quiltdata.mcp.app.TestConfigs.GOOD;
import static com.quiltdata.mcp.app.TestConfigs.HOST;
import static com.quiltdata.mcp.app.TestConfigs.config;
import static com.quiltdata.mcp.app.TestConfigs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.admission.ClientLimits;
import com.quiltdata.mcp.admission.Rate;
import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.storage.s3.S3Config;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a server is made of by its settings, and which settings make none.
final class ServerConfigTest {
  /// Decision 6 as a table. `-` is a setting that is not there.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # address,       secret,  require, insecure, mode or problem
          127.0.0.1,       -,       -,       -,        LOCAL
          127.9.9.9,       -,       -,       -,        LOCAL
          localhost,       -,       -,       -,        LOCAL
          LOCALHOST,       -,       -,       -,        LOCAL
          ::1,             -,       -,       -,        LOCAL
          [::1],           -,       -,       -,        LOCAL
          127.0.0.1,       -,       false,   -,        LOCAL
          127.0.0.1,       good,    false,   -,        LOCAL
          127.0.0.1,       short,   false,   -,        LOCAL
          127.0.0.1,       good,    -,       -,        DEVELOPMENT
          localhost,       good,    true,    -,        DEVELOPMENT
          127.0.0.1,       short,   -,       true,     DEVELOPMENT
          127.0.0.1,       default, -,       true,     DEVELOPMENT
          127.0.0.1,       one,     -,       true,     DEVELOPMENT
          127.0.0.1,       short,   -,       -,        is shorter than 32 bytes
          127.0.0.1,       default, -,       -,        is the published default
          127.0.0.1,       one,     -,       -,        is one repeated character
          127.0.0.1,       -,       true,    -,        is missing
          127.0.0.1,       -,       true,    true,     is missing
          0.0.0.0,         good,    -,       -,        PRODUCTION
          0.0.0.0,         good,    true,    -,        PRODUCTION
          10.0.0.1,        good,    -,       -,        PRODUCTION
          ::,              good,    -,       -,        PRODUCTION
          0.0.0.0,         -,       -,       -,        is missing
          0.0.0.0,         -,       false,   -,        MCP_REQUIRE_TOKEN cannot be false
          0.0.0.0,         good,    false,   -,        MCP_REQUIRE_TOKEN cannot be false
          0.0.0.0,         short,   -,       true,     is shorter than 32 bytes
          0.0.0.0,         default, -,       true,     is the published default
          0.0.0.0,         one,     -,       true,     is one repeated character
          """)
  void modeFollowsFromAddressAndSecret(
      String address, String secret, String require, String insecure, String expected) {
    Map<String, String> environment =
        new HashMap<>(Map.of("FASTMCP_ADDR", address, "MCP_STATE_SECRET", GOOD + "-state"));
    switch (secret) {
      case "good" -> environment.put("MCP_ENHANCED_JWT_SECRET", GOOD);
      case "short" -> environment.put("MCP_ENHANCED_JWT_SECRET", "short");
      case "default" ->
          environment.put("MCP_ENHANCED_JWT_SECRET", "development-enhanced-jwt-secret");
      case "one" -> environment.put("MCP_ENHANCED_JWT_SECRET", "a".repeat(64));
      default -> {
        // not set
      }
    }
    if (!require.equals("-")) {
      environment.put("MCP_REQUIRE_TOKEN", require);
    }
    if (!insecure.equals("-")) {
      environment.put("MCP_ALLOW_INSECURE_SECRET", insecure);
    }
    List<String> problems = problems(environment);
    if (expected.equals(expected.toUpperCase(Locale.ROOT))) {
      assertThat(problems).isEmpty();
      ServerConfig config = config(environment);
      assertThat(config.mode()).isEqualTo(Mode.valueOf(expected));
      assertThat(config.tokens().isEmpty()).isEqualTo(config.mode() == Mode.LOCAL);
      boolean isWeak = !config.tokens().isEmpty() && !secret.equals("good");
      assertThat(config.warnings().isEmpty()).isEqualTo(!isWeak);
    } else {
      assertThat(String.join("\n", problems)).contains(expected).doesNotContain("aaaa");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1.evil.example", "127.evil.example", "localhost.evil.example", "1.127.0.0"})
  void nameThatLooksLikeThisMachineIsNotThisMachine(String address) {
    assertThat(String.join("\n", problems(Map.of("FASTMCP_ADDR", address)))).contains("is missing");
  }

  @Test
  void stdioIsAlwaysLocalAndNeedsNoToken() {
    Map<String, String> environment =
        Map.of(
            "FASTMCP_ADDR", "0.0.0.0",
            "MCP_ENHANCED_JWT_SECRET", "short",
            "FASTMCP_TRANSPORT", "stdio");
    ServerConfig config = config(environment);
    assertThat(config.isStdio()).isTrue();
    assertThat(config.mode()).isEqualTo(Mode.LOCAL);
    assertThat(config.tokens()).isEqualTo(AcceptedTokens.NONE);
    Settings none = Settings.resolve(Map.of(), Map.of(), Map.of());
    assertThat(ServerConfig.from(none, BUILD, true, HOST).isStdio()).isTrue();
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    Settings none = Settings.resolve(Map.of(), Map.of(), Map.of());
    ServerConfig config = ServerConfig.from(none, BUILD, false, HOST);
    HttpConfig http = config.http();
    assertThat(http.host()).isEqualTo("127.0.0.1");
    assertThat(http.port()).isEqualTo(8000);
    assertThat(http.limits())
        .usingRecursiveComparison()
        .ignoringFields("inWork")
        .isEqualTo(HttpLimits.defaults());
    assertThat(http.limits().inWork()).isEqualTo(http.limits().connections());
    assertThat(http.timers()).isEqualTo(HttpConfig.defaults().timers());
    assertThat(http.drain()).isEqualTo(DrainTimers.immediate());
    assertThat(config.json()).isEqualTo(JsonLimits.DEFAULT);
    assertThat(config.tools()).isEqualTo(ToolLimits.defaults());
    assertThat(config.aws()).isEqualTo(AwsLimits.defaults());
    EndpointLimits limits = EndpointLimits.defaults();
    assertThat(config.endpoint()).isEqualTo(limits.withStreams(limits.streams(), limits.streams()));
    assertThat(config.tasks().running()).isEqualTo(TaskLimits.defaults().running());
    assertThat(config.storage())
        .isEqualTo(new StorageSetup.Sample(Path.of("/home/user/.cache/quilt-mcp")));
    assertThat(config.version()).isEqualTo("1.2.3");
    assertThat(config.name()).isEqualTo("quilt-mcp-server");
    assertThat(config.isOpeningFree()).isTrue();
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void oneUserHasNoShareOfTheirOwnServer() {
    ServerConfig local = config(Map.of());
    assertThat(local.http().clients()).isEmpty();
    assertThat(local.http().limits().inWork()).isEqualTo(1_024);
    assertThat(config(Map.of("MCP_MAX_REQUESTS", "7")).http().limits().inWork()).isEqualTo(7);
    ServerConfig served =
        config(Map.of("FASTMCP_ADDR", "0.0.0.0", "MCP_ENHANCED_JWT_SECRET", GOOD));
    assertThat(served.http().clients()).contains(ClientLimits.defaults());
    assertThat(served.http().limits().inWork()).isEqualTo(64);
  }

  @Test
  void everyLimitReachesTheServer() {
    ServerConfig config =
        config(
            Map.ofEntries(
                Map.entry("FASTMCP_ADDR", "0.0.0.0"),
                Map.entry("FASTMCP_PORT", "1"),
                Map.entry("MCP_ENHANCED_JWT_SECRET", GOOD),
                Map.entry("MCP_MAX_REQUEST_LINE", "2KiB"),
                Map.entry("MCP_MAX_HEADER_BYTES", "5KiB"),
                Map.entry("MCP_MAX_HEADERS", "11"),
                Map.entry("MCP_MAX_TOKEN_BYTES", "3KiB"),
                Map.entry("MCP_MAX_BODY_BYTES", "65KiB"),
                Map.entry("MCP_MAX_BODIES_BYTES", "66KiB"),
                Map.entry("MCP_MAX_CALL_BYTES", "64KiB"),
                Map.entry("MCP_USER_REQUESTS", "5"),
                Map.entry("MCP_USER_RATE", "50"),
                Map.entry("MCP_USER_BURST", "6"),
                Map.entry("MCP_ADDRESS_RATE", "10"),
                Map.entry("MCP_FAILED_TOKEN_RATE", "12"),
                Map.entry("MCP_MAX_JSON_NUMBER", "21"),
                Map.entry("MCP_MAX_JSON_DEPTH", "9"),
                Map.entry("MCP_MAX_JSON_VALUES", "1001"),
                Map.entry("MCP_MAX_CONNECTIONS", "12"),
                Map.entry("MCP_MAX_REQUESTS", "13"),
                Map.entry("MCP_MAX_WAITING", "14"),
                Map.entry("MCP_MAX_WAIT", "15ms"),
                Map.entry("MCP_HEADER_TIMEOUT", "116ms"),
                Map.entry("MCP_BODY_TIMEOUT", "117ms"),
                Map.entry("MCP_WRITE_TIMEOUT", "118ms"),
                Map.entry("MCP_IDLE_TIMEOUT", "119ms"),
                Map.entry("MCP_CALL_TIMEOUT", "120ms"),
                Map.entry("MCP_ANSWER_TIMEOUT", "121ms"),
                Map.entry("MCP_MAX_STREAMS", "22"),
                Map.entry("MCP_USER_STREAMS", "2"),
                Map.entry("MCP_STREAM_LIFE", "123ms"),
                Map.entry("MCP_MAX_TASKS", "24"),
                Map.entry("MCP_USER_TASKS", "4"),
                Map.entry("MCP_TASK_TIMEOUT", "125ms"),
                Map.entry("MCP_TASK_LIFE", "126ms"),
                Map.entry("MCP_MAX_TASK_BYTES", "3MiB"),
                Map.entry("MCP_STREAM_COMMENT", "127ms"),
                Map.entry("MCP_BODY_RATE", "128"),
                Map.entry("MCP_BODY_RATE_WINDOW", "129ms"),
                Map.entry("MCP_MAX_JSON_NAME", "130"),
                Map.entry("MCP_MAX_RESULT_TEXT", "513KiB"),
                Map.entry("MCP_MAX_OBJECT_READ", "65KiB"),
                Map.entry("MCP_LINK_LIFE", "131s"),
                Map.entry("MCP_MAX_LINK_LIFE", "132s"),
                Map.entry("MCP_AWS_ATTEMPTS", "4"),
                Map.entry("MCP_MAX_KNOWN_TOKENS", "133"),
                Map.entry("MCP_MAX_KNOWN_CREDENTIALS", "134"),
                Map.entry("MCP_OPEN_INITIALIZE", "false")));
    HttpLimits limits = config.http().limits();
    assertThat(limits)
        .isEqualTo(
            new HttpLimits(2 << 10, 5 << 10, 11, 65 << 10, 66 << 10, 12, limits.backlog(), 13, 14));
    assertThat(config.http().clients())
        .contains(
            new ClientLimits(Rate.perSecond(50, 6), 5, Rate.perSecond(10, 20), Rate.perMinute(12)));
    assertThat(config.http().timers().gate()).isEqualTo(Duration.ofMillis(15));
    assertThat(config.http().timers().header()).isEqualTo(Duration.ofMillis(116));
    assertThat(config.http().timers().body()).isEqualTo(Duration.ofMillis(117));
    assertThat(config.http().timers().write()).isEqualTo(Duration.ofMillis(118));
    assertThat(config.http().timers().idle()).isEqualTo(Duration.ofMillis(119));
    assertThat(config.http().drain()).isEqualTo(DrainTimers.defaults());
    assertThat(config.endpoint())
        .isEqualTo(
            new EndpointLimits(
                Duration.ofMillis(120),
                Duration.ofMillis(121),
                64 << 10,
                EndpointLimits.defaults().pageSize(),
                22,
                2,
                Duration.ofMillis(123)));
    assertThat(config.tasks())
        .isEqualTo(
            new TaskLimits(
                Duration.ofMillis(126),
                TaskLimits.defaults().afterEnd(),
                Duration.ofMillis(125),
                TaskLimits.defaults().pollInterval(),
                24,
                4,
                3L << 20));
    assertThat(config.http().timers().comment()).isEqualTo(Duration.ofMillis(127));
    assertThat(config.http().timers().bodyBytesPerSecond()).isEqualTo(128);
    assertThat(config.http().timers().bodyWindow()).isEqualTo(Duration.ofMillis(129));
    assertThat(config.json().maxNameChars()).isEqualTo(130);
    assertThat(config.tools())
        .isEqualTo(
            new ToolLimits(513 << 10, 65 << 10, Duration.ofSeconds(131), Duration.ofSeconds(132)));
    assertThat(config.aws().retries().attempts()).isEqualTo(4);
    assertThat(config.credentials().memory()).isEqualTo(new MemoryLimits(133, 134));
    assertThat(config.json().maxDepth()).isEqualTo(9);
    assertThat(config.json().maxNumberChars()).isEqualTo(21);
    assertThat(config.json().maxValues()).isEqualTo(1_001);
    assertThat(config.tokens().known().orElseThrow().rules().maxTokenBytes()).isEqualTo(3 << 10);
    assertThat(config.isOpeningFree()).isFalse();
  }

  @Test
  void partsOfATimeAreHeldAgainstTheWhole() {
    assertThat(problems(Map.of("MCP_AWS_ATTEMPT_TIMEOUT", "21s")))
        .singleElement()
        .asString()
        .startsWith("MCP_AWS_ATTEMPT_TIMEOUT is longer than MCP_AWS_CALL_TIMEOUT");
  }

  @Test
  void originOfTheCatalogMayCallUnlessOthersAreNamed() {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUILT_CATALOG_URL", "https://Demo.quiltdata.com:443/x");
    assertThat(config(environment).http().origins().allows("https://demo.quiltdata.com")).isTrue();
    environment.put("MCP_ALLOWED_ORIGINS", "https://a.example, http://localhost:3000");
    HttpConfig http = config(environment).http();
    assertThat(http.origins().allows("https://demo.quiltdata.com")).isFalse();
    assertThat(http.origins().allows("http://localhost:3000")).isTrue();
    environment.put("MCP_ALLOWED_ORIGINS", "*");
    assertThat(config(environment).warnings()).singleElement().asString().contains("MCP_ALLOWED");
  }

  @Test
  void whatIsDoubtfulIsToldOnce() {
    List<String> warnings =
        config(
                Map.of(
                    "MCP_SERVER_VERSION", "9.9.9",
                    "QUILT_DEPLOYMENT", "remote",
                    "MCP_ENHANCED_JWT_SECRET", GOOD + "\n"))
            .warnings();
    List<String> starts = new ArrayList<>(List.of("MCP_ENH", "MCP_SER", "QUILT_D"));
    assertThat(warnings.stream().map(text -> text.substring(0, 7)).sorted())
        .containsExactlyElementsOf(starts);
  }

  @Test
  void storageOutsideOfLocalModeIsS3() {
    Map<String, String> production =
        Map.of("FASTMCP_ADDR", "0.0.0.0", "MCP_ENHANCED_JWT_SECRET", GOOD);
    assertThat(storage(production)).isEqualTo(new StorageSetup.S3(S3Config.AMBIENT));
    assertThat(
            storage(
                Map.of(
                    "QUILT_STORAGE", "s3",
                    "AWS_PROFILE", "lab",
                    "AWS_DEFAULT_REGION", "eu-west-1",
                    "AWS_ENDPOINT_URL", "https://objects.example.com")))
        .isEqualTo(
            new StorageSetup.S3(
                new S3Config(
                    Optional.of(URI.create("https://objects.example.com")),
                    Optional.of("eu-west-1"),
                    Optional.of("lab"))));
  }

  private static StorageSetup storage(Map<String, String> environment) {
    Settings settings = Settings.resolve(Map.of(), environment, Map.of());
    return ServerConfig.from(settings, BUILD, false, HOST).storage();
  }
}
