package com.quiltdata.mcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.GoldenFile;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
      """;

  private static final String HEAD =
      """

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

  /// A constant that is missing in the list of its group, and a group that nobody names, would be
  /// settings without effect.
  @Test
  void listsEveryConstantOfEveryGroup() {
    List<Object> constants =
        new ClassFileImporter()
            .importPackagesOf(Setting.class).stream()
                .filter(type -> type.getSimpleName().endsWith("Settings"))
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                .map(ConfigurationPageTest::value)
                .toList();
    assertThat(constants).containsExactlyInAnyOrderElementsOf(ServerSettings.ALL).isNotEmpty();
  }

  private static Object value(JavaField field) {
    try {
      return field.reflect().get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field + " is not for other packages", e);
    }
  }

  private static String page() {
    return ServerSettings.GROUPS.stream()
            .map(ConfigurationPageTest::table)
            .collect(Collectors.joining("", INTRODUCTION, ""))
        + "\nAccepted from old deployments, without effect: "
        + code(ServerSettings.IGNORED)
        + ".\n";
  }

  private static String table(SettingGroup group) {
    return group.settings().stream()
        .map(ConfigurationPageTest::row)
        .collect(Collectors.joining("\n", "\n## " + group.title() + "\n" + HEAD, "\n"));
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
