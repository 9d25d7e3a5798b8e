package com.quiltdata.mcp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.config.Settings.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All defaults, all settings set in each way, and which way wins.
final class SettingsTest {
  /// Every setting: its default, another good value and its file key. A new one belongs here too.
  private static final String TABLE =
      """
      FASTMCP_ADDR                     | 127.0.0.1         | 0.0.0.0
      FASTMCP_PORT                     | 8000              | 9000
      MCP_ALLOWED_ORIGINS              |                   | https://a,https://b
      FASTMCP_FORWARDED_ALLOW_IPS      |                   | 10.0.0.1
      FASTMCP_TRANSPORT                | http              | stdio
      MCP_SERVER_NAME                  | quilt-mcp-server  | another
      MCP_SERVER_VERSION               |                   | 1.10
      LOG_LEVEL                        | INFO              | debug
      MCP_LOG_FORMAT                   | auto              | text
      MCP_CONFIG_FILE                  |                   | other.yaml
      QUILT_STORAGE                    |                   | local
      QUILT_LOCAL_ROOT                 |                   | sample
      QUILT_MCP_CACHE                  |                   | /var/cache
      AWS_REGION                       | us-east-1         | eu-west-1
      AWS_PROFILE                      |                   | lab
      AWS_ENDPOINT_URL_S3              |                   | https://objects.example.com
      MCP_REQUIRE_TOKEN                |                   | yes
      MCP_ENHANCED_JWT_SECRET          |                   | 0123
      MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER | | /quilt/jwt
      AWS_EXECUTION_ENV                |                   | AWS_ECS_FARGATE
      MCP_JWT_SECRET_REFRESH           | 300s              | 10s
      MCP_JWT_SECRET_MAX_AGE           | 3600s             | 24h
      MCP_JWT_SECRET_OVERLAP           | 24h               | 0s
      MCP_ENHANCED_JWT_KID             | frontend-enhanced | none
      MCP_ENHANCED_JWT_PREVIOUS_SECRET |                   | ${HOME}\\n
      MCP_ENHANCED_JWT_PREVIOUS_KID    |                   | 007
      MCP_JWT_ISSUER                   | quilt-frontend    | me
      MCP_JWT_AUDIENCE                 | quilt-mcp-server  | you
      MCP_JWT_REQUIRE_AUDIENCE         | false             | true
      MCP_ALLOW_INSECURE_SECRET        | false             | true
      MCP_OPEN_INITIALIZE              | true              | false
      MCP_MAX_TOKEN_BYTES              | 16KiB             | 8KiB
      MCP_OAUTH_ISSUER                 |                   | https://issuer.example.com/
      MCP_PUBLIC_URL                   |                   | https://demo.example.com/mcp
      MCP_OAUTH_AUDIENCE               |                   | quilt
      MCP_OAUTH_JWKS_URL               |                   | https://issuer.example.com/keys
      MCP_OAUTH_READ_SCOPE             | quilt:read        | r
      MCP_OAUTH_WRITE_SCOPE            | quilt:write       | w
      MCP_OAUTH_ADMIN_SCOPE            | quilt:admin       | a
      MCP_OAUTH_BUCKETS_CLAIM          |                   | https://example.com/buckets
      MCP_OAUTH_BUCKETS                |                   | one,two
      MCP_OAUTH_KEYS_REFRESH           | 300s              | 10s
      MCP_OAUTH_KEYS_MAX_AGE           | 3600s             | 24h
      MCP_ALLOWED_ROLE_ARNS            |                   | arn:aws:iam::123456789012:role/a
      MCP_DATA_ROLE_ARN                |                   | arn:aws:iam::123456789012:role/b
      MCP_ALLOW_TASK_ROLE              | false             | true
      MCP_CATALOG_TOKENS               | false             | true
      AWS_ENDPOINT_URL_STS             |                   | https://sts.example.com
      MCP_STATE_SECRET                 |                   | 0x12
      MCP_STATE_PREVIOUS_SECRET        |                   | 0.10
      MCP_PEERS                        |                   | 10.0.0.5:8001,dns:mcp.internal
      MCP_PEER_PORT                    | 8001              | 0
      QUILT_CATALOG_URL                |                   | https://c.example
      QUILT_REGISTRY_URL               |                   | https://r.example
      MCP_CATALOG_CONNECT_TIMEOUT      | 1s                | 2s
      MCP_CATALOG_TIMEOUT              | 15s               | 20s
      QUILT_READ_ONLY                  | false             | true
      QUILT_TOOL_GROUPS                |                   | buckets,packages
      MCP_MAX_REQUEST_LINE             | 8KiB              | 16KiB
      MCP_MAX_HEADER_BYTES             | 64KiB             | 128KiB
      MCP_MAX_HEADERS                  | 100               | 200
      MCP_MAX_BODY_BYTES               | 12MiB             | 1MiB
      MCP_MAX_BODIES_BYTES             | 48MiB             | 2MiB
      MCP_MAX_CONNECTIONS              | 1024              | 10
      MCP_MAX_REQUESTS                 | 64                | 5
      MCP_MAX_WAITING                  | 32                | 0
      MCP_MAX_WAIT                     | 2s                | 1ms
      MCP_HEADER_TIMEOUT               | 10s               | 11s
      MCP_BODY_TIMEOUT                 | 30s               | 31s
      MCP_BODY_RATE                    | 1KiB              | 2KiB
      MCP_BODY_RATE_WINDOW             | 10s               | 12s
      MCP_WRITE_TIMEOUT                | 30s               | 31s
      MCP_IDLE_TIMEOUT                 | 90s               | 91s
      MCP_USER_REQUESTS                | 8                 | 9
      MCP_USER_RATE                    | 20                | 21
      MCP_USER_BURST                   | 40                | 41
      MCP_ADDRESS_RATE                 | 5                 | 6
      MCP_FAILED_TOKEN_RATE            | 30                | 31
      MCP_MAX_CALL_BYTES               | 1MiB              | 2MiB
      MCP_MAX_JSON_DEPTH               | 64                | 32
      MCP_MAX_JSON_VALUES              | 100000            | 2000
      MCP_MAX_JSON_NUMBER              | 100               | 50
      MCP_MAX_JSON_NAME                | 256               | 128
      MCP_MAX_RESULT_TEXT              | 1MiB              | 2MiB
      MCP_MAX_OBJECT_READ              | 10MiB             | 1MiB
      MCP_LINK_LIFE                    | 1h                | 2h
      MCP_MAX_LINK_LIFE                | 168h              | 3h
      MCP_MAX_RESULTS_BYTES            | 96MiB             | 16MiB
      MCP_CALL_TIMEOUT                 | 50s               | 51s
      MCP_ANSWER_TIMEOUT               | 10m               | 9m
      MCP_MAX_STREAMS                  | 200               | 0
      MCP_USER_STREAMS                 | 10                | 20
      MCP_STREAM_LIFE                  | 1h                | 2h
      MCP_STREAM_COMMENT               | 15s               | 16s
      MCP_AWS_CONNECT_TIMEOUT          | 1s                | 2s
      MCP_AWS_ATTEMPT_TIMEOUT          | 5s                | 6s
      MCP_AWS_BODY_TIMEOUT             | 10s               | 11s
      MCP_AWS_CALL_TIMEOUT             | 20s               | 21s
      MCP_AWS_ATTEMPTS                 | 3                 | 4
      MCP_AWS_FIRST_PAUSE              | 100ms             | 101ms
      MCP_AWS_LONGEST_PAUSE            | 2s                | 3s
      MCP_AWS_RETRY_PERCENT            | 10                | 0
      MCP_AWS_CONNECTIONS              | 50                | 51
      MCP_BREAKER_PERCENT              | 50                | 60
      MCP_BREAKER_REQUESTS             | 20                | 30
      MCP_BREAKER_WINDOW               | 10s               | 12s
      MCP_BREAKER_PAUSE                | 5s                | 7s
      MCP_DNS_CACHE                    | 30s               | 0
      MCP_DNS_FAILURE_CACHE            | 1s                | 2s
      MCP_MAX_TASKS                    | 64                | 5
      MCP_USER_TASKS                   | 8                 | 4
      MCP_TASK_TIMEOUT                 | 1h                | 3h
      MCP_TASK_LIFE                    | 1h                | 4h
      MCP_MAX_TASK_BYTES               | 16MiB             | 2MiB
      MCP_MAX_KNOWN_TOKENS             | 1000              | 7
      MCP_MAX_KNOWN_CREDENTIALS        | 200               | 8
      """;

  private record Line(String name, String fallback, String other) {
    String key() {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @TempDir private Path folder;

  private static List<Line> table() {
    return TABLE
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(cells -> new Line(cells[0].strip(), cells[1].strip(), cells[2].strip()))
        .toList();
  }

  private static Map<String, String> values(Settings settings) {
    return settings.rows().stream().collect(Collectors.toMap(Row::name, Row::value));
  }

  private static Map<String, String> expected() {
    return table().stream()
        .collect(
            Collectors.toMap(
                Line::name,
                line ->
                    line.name().endsWith("SECRET") && !line.name().startsWith("MCP_ALLOW")
                        ? "***"
                        : line.other()));
  }

  private static List<String> problems(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    try {
      Settings.resolve(flags, environment, file);
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
    throw new AssertionError("no problem");
  }

  @Test
  void everySettingHasTheDocumentedDefault() {
    Settings settings = Settings.resolve(Map.of(), Map.of(), Map.of());
    assertThat(values(settings))
        .isEqualTo(table().stream().collect(Collectors.toMap(Line::name, Line::fallback)));
    assertThat(settings.rows())
        .allMatch(row -> row.origin().equals(row.value().isEmpty() ? "not set" : "default"));
  }

  @Test
  void everySettingCanBeSetInTheEnvironment() {
    Map<String, String> environment =
        table().stream().collect(Collectors.toMap(Line::name, Line::other));
    Settings settings = Settings.resolve(Map.of(), environment, Map.of());
    assertThat(values(settings)).isEqualTo(expected());
    assertThat(settings.rows()).allMatch(row -> row.origin().equals("environment " + row.name()));
    assertThat(settings.find(TokenSettings.JWT_SECRET)).contains("0123");
  }

  @Test
  void everySettingCanBeSetInAYamlFile() throws IOException {
    String text =
        table().stream()
            .map(line -> line.key() + ": " + line.other() + "\n")
            .collect(Collectors.joining("", "# settings\n---\n", ""));
    everySettingIsRead(Files.writeString(folder.resolve("settings.YAML"), text));
  }

  @Test
  void everySettingCanBeSetInAPropertiesFile() throws IOException {
    String text =
        table().stream()
            .map(line -> line.key() + " = " + line.other().replace("\\", "\\\\") + "\n")
            .collect(Collectors.joining());
    everySettingIsRead(Files.writeString(folder.resolve("settings.properties"), text));
  }

  private static void everySettingIsRead(Path file) {
    Settings settings = Settings.resolve(Map.of(), Map.of(), SettingsFile.read(file));
    assertThat(values(settings)).isEqualTo(expected());
    assertThat(settings.find(TokenSettings.JWT_SECRET)).contains("0123");
    assertThat(settings.find(TokenSettings.JWT_PREVIOUS_SECRET)).contains("${HOME}\\n");
    assertThat(settings.rows())
        .allMatch(row -> row.origin().startsWith("file, key ") && !row.origin().contains("_"));
  }

  @Test
  void flagBeatsEnvironmentBeatsFileBeatsDefault() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("--host", "h1");
    flags.put("--port", "1");
    flags.put("--root", "r1");
    flags.put("--require-token", "true");
    flags.put("--config", "c1");
    Map<String, String> environment =
        Map.of(
            "FASTMCP_ADDR", "h2",
            "FASTMCP_PORT", "2",
            "QUILT_LOCAL_ROOT", "r2",
            "MCP_REQUIRE_TOKEN", "false",
            "MCP_CONFIG_FILE", "c2",
            "MCP_SERVER_NAME", "n2");
    Map<String, String> file =
        Map.of("fastmcp-port", "3", "mcp-server-name", "n3", "log-level", "warn");
    Map<String, String> values = values(Settings.resolve(flags, environment, file));
    assertThat(values)
        .containsEntry("FASTMCP_ADDR", "h1")
        .containsEntry("FASTMCP_PORT", "1")
        .containsEntry("QUILT_LOCAL_ROOT", "r1")
        .containsEntry("MCP_REQUIRE_TOKEN", "true")
        .containsEntry("MCP_CONFIG_FILE", "c1")
        .containsEntry("MCP_SERVER_NAME", "n2")
        .containsEntry("LOG_LEVEL", "warn")
        .containsEntry("MCP_LOG_FORMAT", "auto");
  }

  @Test
  void olderNamesCountBehindTheNewOnes() {
    Map<String, String> older = Map.of("FASTMCP_HOST", "h", "AWS_DEFAULT_REGION", "r");
    Settings settings = Settings.resolve(Map.of(), older, Map.of());
    assertThat(settings.get(HttpSettings.HOST)).isEqualTo("h");
    assertThat(settings.get(StorageSettings.REGION)).isEqualTo("r");
    Map<String, String> both = new LinkedHashMap<>(older);
    both.putAll(Map.of("FASTMCP_ADDR", "a", "AWS_REGION", ""));
    settings = Settings.resolve(Map.of(), both, Map.of());
    assertThat(settings.get(HttpSettings.HOST)).isEqualTo("a");
    assertThat(settings.get(StorageSettings.REGION)).isEqualTo("r");
  }

  @Test
  void emptyVariableIsNotSet() {
    Settings settings = Settings.resolve(Map.of(), Map.of("FASTMCP_PORT", ""), Map.of());
    assertThat(settings.get(HttpSettings.PORT)).isEqualTo(8000);
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirOrigin() {
    assertThat(
            problems(
                Map.of("--port", "x"),
                Map.of("LOG_LEVEL", "loud"),
                Map.of("mcp-max-wait", "9h", "mcp-max-waits", "1", "mcp.server.name", "x")))
        .satisfiesExactly(
            port ->
                assertThat(port).startsWith("FASTMCP_PORT must be").contains("flag --port", "'x'"),
            level ->
                assertThat(level)
                    .startsWith("LOG_LEVEL must be one of")
                    .contains("environment LOG_LEVEL"),
            wait ->
                assertThat(wait).startsWith("MCP_MAX_WAIT must be").contains("key mcp-max-wait"),
            key -> assertThat(key).contains("unknown key 'mcp"),
            key -> assertThat(key).contains("unknown key 'mcp"));
  }

  @Test
  void deploymentsOfOldAreToldWhatHasNoEffect() {
    Settings settings =
        Settings.resolve(
            Map.of(), Map.of("PYTHONUNBUFFERED", "1", "QUILT_DEPLOYMENT", "remote"), Map.of());
    assertThat(settings.ignored())
        .containsExactlyInAnyOrder("PYTHONUNBUFFERED", "QUILT_DEPLOYMENT");
  }

  @Test
  void secretIsNeverShown() {
    Settings settings =
        Settings.resolve(Map.of(), Map.of("MCP_ENHANCED_JWT_SECRET", "TOPSECRET"), Map.of());
    assertThat(settings.rows().toString()).doesNotContain("TOPSECRET");
  }

  @Test
  void settingWithoutDefaultIsAskedForWithFind() {
    Settings settings = Settings.resolve(Map.of(), Map.of(), Map.of());
    assertThat(settings.find(StorageSettings.LOCAL_ROOT)).isEmpty();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> settings.get(StorageSettings.LOCAL_ROOT))
        .withMessageContaining("QUILT_LOCAL_ROOT");
  }
}
