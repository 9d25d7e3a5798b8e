package com.quiltdata.mcp.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.storage.OddKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", ".hidden", "a b", "%41", "100%", "é", "日本", "a,b;c=d&e", "~"})
  void keepsMostNames(String part) {
    assertThat(PartNames.isPortable(part)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "...", "a.", "a ", "a:b", "a\\b", "a*", "?", "\"", "<", ">", "|", "\0", "\n",
        "\u007f", "\u0085", "e\u0301", "%!a", "%+a", "%-a", "%~a", "CON", "nul.txt", "Lpt1"
      })
  void escapesNamesThatSomeHostRefusesOrChanges(String part) {
    assertThat(PartNames.isPortable(part)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a,%!a",
    "a:b,%!a%3Ab",
    "..,%!.%2E",
    ".,%!%2E",
    "'',%!",
    "%!a,%!%25%21a",
    "é,%!%C3%A9",
    "a.b.,%!a.b%2E",
    "a b,%!a%20b"
  })
  void writesTheEscapedForm(String part, String name) {
    assertThat(PartNames.escaped(PartNames.OBJECT, part)).containsExactly(name);
  }

  @Test
  void cutsLongPartsInPieces() {
    List<String> names = PartNames.escaped(PartNames.FOLDER, "?".repeat(200));
    assertThat(names).hasSize(3);
    assertThat(names.getFirst()).isEqualTo("%-" + "%3F".repeat(80));
    assertThat(names.getLast()).isEqualTo("%+" + "%3F".repeat(40));
    assertThat(PartNames.escaped(PartNames.OBJECT, "x".repeat(253))).hasSize(1);
    assertThat(PartNames.escaped(PartNames.OBJECT, "x".repeat(254))).hasSize(2);
  }

  @Test
  void readsBackWhatItWrites() {
    for (String key : OddKeys.random(11, 500)) {
      for (String part : Folder.parts(key)) {
        for (boolean isFolder : new boolean[] {true, false}) {
          String mark = isFolder ? PartNames.FOLDER : PartNames.OBJECT;
          List<String> names = PartNames.escaped(mark, part);
          assertThat(PartNames.decode(names, isFolder)).contains(part);
          assertThat(PartNames.decode(names, !isFolder)).isEmpty();
          assertThat(names).allMatch(name -> name.length() <= 255 && name.matches("[ -~]+"));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%!%", "%!%4", "%!%zz", "%!%3a", "%!%41", "%!ü", "%!a.", "%!%2F", "%!%FF", "%~a"})
  void readsNothingElse(String name) {
    assertThat(PartNames.decode(List.of(name), false)).isEmpty();
  }
}
