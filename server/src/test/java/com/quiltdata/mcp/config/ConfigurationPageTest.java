package com.quiltdata.mcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.GoldenFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` is made from the settings themselves.
final class ConfigurationPageTest {
  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the list of settings: ./mvnw -pl server test -Dgolden.update=true -->

      A value comes from the command line, else the environment, else the file that `MCP_CONFIG_FILE` names (YAML or \
      properties), else the default. A value that breaks its rule, and an unknown key of the file, stop the start with a \
      message that names them. `quilt-mcp config` shows every value and where it came from; secrets are never shown.

      | variable | flag | key in a file | default | meaning |
      | --- | --- | --- | --- | --- |
      """;

  @Test
  void isCurrent() {
    GoldenFile.ofProject("docs/configuration.md").matches(page());
  }

  @Test
  void namesEverySettingOnce() {
    assertThat(ServerSettings.ALL).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(ServerSettings.ALL.stream().flatMap(setting -> setting.flag().stream()))
        .doesNotHaveDuplicates();
    assertThat(ServerSettings.ALL).allMatch(setting -> setting.description().endsWith("."));
  }

  private static String page() {
    return ServerSettings.ALL.stream()
            .map(ConfigurationPageTest::row)
            .collect(Collectors.joining("\n", INTRODUCTION, "\n"))
        + "\nAccepted from old deployments, without effect: "
        + code(ServerSettings.IGNORED)
        + ".\n";
  }

  private static String row(Setting<?> setting) {
    String names = "`" + setting.name() + "`";
    if (!setting.olderNames().isEmpty()) {
      names += ", else " + code(setting.olderNames());
    }
    return "| %s | %s | `%s` | %s | %s%s%s |"
        .formatted(
            names,
            setting.flag().map(flag -> "`" + flag + "`").orElse(""),
            setting.fileKey(),
            setting.fallback().map(text -> "`" + text + "`").orElse(""),
            setting.description().replace("|", "\\|"),
            choices(setting),
            setting.isSecret() ? " **Secret.**" : "");
  }

  /// A word that no setting with choices takes makes it tell them.
  private static String choices(Setting<?> setting) {
    String rule = "must be one of ";
    try {
      setting.reader().read("?");
      return "";
    } catch (IllegalArgumentException e) {
      String told = String.valueOf(e.getMessage());
      return told.startsWith(rule)
          ? " One of " + code(List.of(told.substring(rule.length()).split(", "))) + "."
          : "";
    }
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }
}
