package com.quiltdata.mcp.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Configuration files as people write them.
final class SettingsFileTest {
  @TempDir private Path folder;

  private Map<String, String> read(String name, String text) throws IOException {
    return SettingsFile.read(Files.writeString(folder.resolve(name), text));
  }

  private void isRefused(Path file, String told) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> SettingsFile.read(file))
        .withMessageStartingWith("MCP_CONFIG_FILE (--config): ")
        .withMessageContaining(told)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("TOPSECRET", "Exception"));
  }

  @Test
  void valueIsTheTextThatStandsThere() throws IOException {
    assertThat(
            read(
                "a.yaml",
                """
                version: 1.10
                octal: 0123
                hex: 0x10
                large: 1_000
                flag: yes
                date: 2026-01-01
                reference: "${octal}"
                quoted: 'it''s "so" #1'
                empty:
                text: |
                  two
                  lines
                list: [https://a, https://b]
                """))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("version", "1.10"),
                Map.entry("octal", "0123"),
                Map.entry("hex", "0x10"),
                Map.entry("large", "1_000"),
                Map.entry("flag", "yes"),
                Map.entry("date", "2026-01-01"),
                Map.entry("reference", "${octal}"),
                Map.entry("quoted", "it's \"so\" #1"),
                Map.entry("empty", ""),
                Map.entry("text", "two\nlines\n"),
                Map.entry("list", "https://a,https://b")));
  }

  @Test
  void filesAreUtf8() throws IOException {
    assertThat(read("a.yml", "name: grüße")).containsEntry("name", "grüße");
    assertThat(read("a.properties", "name=grüße \\u65e5")).containsEntry("name", "grüße 日");
    isRefused(Files.write(folder.resolve("b.yaml"), "name: grüße".getBytes(ISO_8859_1)), "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n"})
  void emptyFileSetsNothing(String text) throws IOException {
    assertThat(read("a.properties", text.replace("---", ""))).isEmpty();
    if (!text.startsWith("-")) {
      assertThat(read("a.yaml", text)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: \"TOPSECRET\nother: x",
        "name: [TOPSECRET",
        "\tTOPSECRET: x",
        "a: 1\n TOPSECRET: 2",
        "a: &x TOPSECRET\nb: *y",
        "TOPSECRET",
        "- TOPSECRET",
        "a: {b: TOPSECRET}",
        "a: [[TOPSECRET]]",
        "? [TOPSECRET]\n: x",
        "a: TOPSECRET\na: b",
        "a: 1\n---\nb: TOPSECRET",
        "a: \u0007TOPSECRET"
      })
  void brokenYamlIsRefusedWithoutShowingIt(String text) throws IOException {
    isRefused(Files.writeString(folder.resolve("a.yaml"), text), "a.yaml");
  }

  @Test
  void brokenPropertiesAreRefusedWithoutShowingThem() throws IOException {
    isRefused(
        Files.writeString(folder.resolve("a.properties"), "a=\\uTOPSECRET"),
        "cannot be read as properties");
  }

  @Test
  void fileThatIsNoneIsRefused() throws IOException {
    isRefused(folder.resolve("none.yaml"), "there is no file");
    isRefused(folder, "there is no file");
    isRefused(Files.writeString(folder.resolve("a.json"), "{}"), "must end in .yaml");
  }
}
