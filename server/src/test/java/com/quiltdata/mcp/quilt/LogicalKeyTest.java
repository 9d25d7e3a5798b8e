package com.quiltdata.mcp.quilt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class LogicalKeyTest {
  static Stream<JsonNode> vectors() {
    return QuiltFixtures.vectors("logical_keys");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheOfficialClient(JsonNode vector) {
    assertThat(LogicalKey.isValid(vector.get("key").stringValue()))
        .isEqualTo(vector.get("valid").booleanValue());
  }

  @Test
  void takesAnythingElse() {
    assertThat(Stream.of("a\\b", "\u0000", "a\nb", "..a/b..", "%2e%2e/x", "C:/x"))
        .allMatch(LogicalKey::isValid);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> LogicalKey.parse("a/../b"))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.INVALID_LOGICAL_KEY))
        .hasMessageContaining("'a/../b'");
  }

  @Test
  void knowsFolderAndName() {
    assertThat(LogicalKey.parse("a/b/c").folder()).isEqualTo("a/b/");
    assertThat(LogicalKey.parse("a/b/c").name()).isEqualTo("c");
    assertThat(LogicalKey.parse("c").folder()).isEmpty();
  }

  @Test
  void knowsWhatItWouldBeAFolderOf() {
    LogicalKey folder = LogicalKey.parse("a/b");
    assertThat(folder.isFolderOf(LogicalKey.parse("a/b/c"))).isTrue();
    assertThat(folder.isFolderOf(LogicalKey.parse("a/b"))).isFalse();
    assertThat(folder.isFolderOf(LogicalKey.parse("a/bc"))).isFalse();
    assertThat(folder.isFolderOf(LogicalKey.parse("a"))).isFalse();
  }
}
