package com.quiltdata.mcp.quilt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PackageNameTest {
  static Stream<JsonNode> vectors() {
    return QuiltFixtures.vectors("package_names");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheOfficialClient(JsonNode vector) {
    String name = vector.get("name").stringValue();
    // Python lets one final line feed through; here it is refused.
    boolean valid = vector.get("valid").booleanValue() && !name.endsWith("\n");
    assertThat(PackageName.isValid(name)).isEqualTo(valid);
  }

  @Test
  void namesTheRule() {
    assertThatThrownBy(() -> PackageName.parse("a b/c"))
        .isInstanceOf(Fault.class)
        .hasMessage(
            "Invalid package name 'a b/c': write namespace/name with letters, digits, _ and -");
  }

  @Test
  void hasTwoParts() {
    PackageName name = PackageName.parse("lab/mice");
    assertThat(name.namespace()).isEqualTo("lab");
    assertThat(name.name()).isEqualTo("mice");
  }

  @Test
  void isOrderedAsARegistryListsIt() {
    assertThat(
            Stream.of("a/x", "a-b/x", "a/x-y", "é/a", "𐐀/a", "Ａ/a", "B/z")
                .map(PackageName::parse)
                .sorted())
        .extracting(PackageName::value)
        .containsExactly("B/z", "a-b/x", "a/x-y", "a/x", "é/a", "Ａ/a", "𐐀/a");
  }
}
