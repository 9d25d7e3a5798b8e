package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.credentials.CredentialsConfig;
import com.quiltdata.mcp.credentials.RegistryConfig;
import com.quiltdata.mcp.credentials.RoleArn;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsSetupTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/path/data";

  private static ServerConfig config(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MCP_ENHANCED_JWT_SECRET", UsedSecrets.note("setup-secret-".repeat(4)));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return ServerConfig.from(
        Settings.resolve(Map.of(), environment, Map.of()),
        new BuildInfo("1", "1"),
        false,
        new HostFolders(Path.of("home"), Path.of("temp"), Path.of("current")));
  }

  private static List<String> problems(String... more) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> config(more)).problems();
  }

  @Test
  void lendsNothingUnlessItIsTold() {
    CredentialsSetup setup = config().credentials();
    assertThat(setup.config()).isEqualTo(CredentialsConfig.none());
    assertThat(setup.registry()).isEmpty();
  }

  @Test
  void bindsEverySetting() {
    ServerConfig config =
        config(
            "MCP_ALLOWED_ROLE_ARNS", ROLE + ", arn:aws-us-gov:iam::123456789012:role/b",
            "MCP_DATA_ROLE_ARN", ROLE,
            "MCP_ALLOW_TASK_ROLE", "true",
            "MCP_CATALOG_TOKENS", "true",
            "QUILT_CATALOG_URL", "https://c.example.com",
            "QUILT_REGISTRY_URL", "https://r.example.com",
            "AWS_ENDPOINT_URL_STS", "https://sts.example.com",
            "AWS_REGION", "eu-west-1",
            "AWS_PROFILE", "lab");
    assertThat(config.credentials())
        .isEqualTo(
            new CredentialsSetup(
                new CredentialsConfig(
                    Set.of(
                        new RoleArn(ROLE), new RoleArn("arn:aws-us-gov:iam::123456789012:role/b")),
                    Optional.of(new RoleArn(ROLE)),
                    true,
                    Optional.of(URI.create("https://sts.example.com")),
                    "eu-west-1",
                    Optional.of("lab")),
                Optional.of(
                    RegistryConfig.of(
                        URI.create("https://c.example.com"),
                        Optional.of(URI.create("https://r.example.com")))),
                MemoryLimits.DEFAULT));
    assertThat(config.warnings()).anyMatch(text -> text.startsWith("MCP_ALLOW_TASK_ROLE is true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "arn:aws:iam::123456789012:role/*",
        "arn:aws:iam::*:role/data",
        "arn:aws:iam::12345678901:role/data",
        "arn:aws:iam::123456789012:user/data",
        "arn:aws:sts::123456789012:assumed-role/data/x",
        "data"
      })
  void takesWholeNamesOfRolesOnly(String arn) {
    for (String setting : List.of("MCP_ALLOWED_ROLE_ARNS", "MCP_DATA_ROLE_ARN")) {
      assertThat(problems(setting, arn))
          .singleElement()
          .asString()
          .startsWith(setting + ": must name a role as arn:aws:iam::123456789012:role/NAME");
    }
  }

  @Test
  void showsTokensToACatalogThatIsNamedAndForBucketsOfAwsOnly() {
    assertThat(problems("MCP_CATALOG_TOKENS", "true"))
        .singleElement()
        .asString()
        .contains("QUILT_CATALOG_URL");
    assertThat(
            problems(
                "MCP_CATALOG_TOKENS", "true",
                "QUILT_CATALOG_URL", "https://c.example.com",
                "QUILT_LOCAL_ROOT", "sample"))
        .singleElement()
        .asString()
        .contains("QUILT_STORAGE=s3");
  }

  @Test
  void leavesLocalModeAlone() {
    ServerConfig config = config("MCP_ENHANCED_JWT_SECRET", "", "MCP_CATALOG_TOKENS", "true");
    assertThat(config.mode()).isEqualTo(Mode.LOCAL);
    assertThat(config.credentials().registry()).isEmpty();
  }
}
