package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class ArgumentsTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final ToolSpec SPEC =
      spec(
          Parameter.text("name", "A name").upTo(5).required().taught("the name", "x"),
          Parameter.text("shape", "A shape").matching("[ab]*", "a and b"),
          Parameter.text("color", "A color").oneOf("red", "green").or("red"),
          Parameter.whole("count", 1, 10, "A count").or(5).formerly("number", "n"),
          Parameter.flag("deep", "A flag").or(false),
          Parameter.texts("tags", 2, "Tags"));

  static ToolSpec spec(Parameter... parameters) {
    return new ToolSpec(
        "probe",
        "Probe",
        "Probes.",
        "test",
        List.of(parameters),
        JsonSchema.result(),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of());
  }

  private static Arguments check(String json) {
    return Arguments.check(SPEC, (ObjectNode) JSON.read(json));
  }

  @Test
  void fillsInDefaults() {
    Arguments arguments = check("{\"name\": \"x\"}");
    assertThat(arguments.text("name")).isEqualTo("x");
    assertThat(arguments.text("color")).isEqualTo("red");
    assertThat(arguments.wholeInt("count")).isEqualTo(5);
    assertThat(arguments.flag("deep")).isFalse();
    assertThat(arguments.texts("tags")).isEmpty();
    assertThat(arguments.textIfGiven("shape")).isEmpty();
    assertThatThrownBy(() -> arguments.text("shape")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesWhatFits() {
    Arguments arguments =
        check(
            """
            {"name": "日本語日本", "shape": "abba", "color": "green", "number": 10.0, "deep": true,
             "tags": ["x", ""]}
            """);
    assertThat(arguments.text("name")).isEqualTo("日本語日本");
    assertThat(arguments.whole("count")).isEqualTo(10);
    assertThat(arguments.flag("deep")).isTrue();
    assertThat(arguments.texts("tags")).containsExactly("x", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}|Name parameter is required for probe. Specify the name (e.g., name='x')
          {"name": ""}|Name parameter is required for probe. Specify the name (e.g., name='x')
          {"name": null}|Name parameter is required for probe. Specify the name (e.g., name='x')
          {"name": 1}|Argument 'name' must be a string
          {"name": ["x"]}|Argument 'name' must be a string
          {"name": "123456"}|Argument 'name' is longer than 5 characters
          {"name": "x", "shape": "abc"}|Argument 'shape' is 'abc' but must look like a and b
          {"name": "x", "shape": "a\\n"}|Argument 'shape' is 'a\\u{a}' but must look like a and b
          {"name": "x", "color": "blue"}|Argument 'color' must be one of red, green
          {"name": "x", "count": 0}|Argument 'count' must be from 1 to 10
          {"name": "x", "count": 99999999999999999999}|Argument 'count' must be from 1 to 10
          {"name": "x", "count": 1.5}|Argument 'count' must be an integer
          {"name": "x", "count": "5"}|Argument 'count' must be an integer
          {"name": "x", "count": 1e300}|Argument 'count' must be an integer
          {"name": "x", "count": 1, "n": 1}|'count' and 'n' are the same argument: give one
          {"name": "x", "deep": 1}|Argument 'deep' must be true or false
          {"name": "x", "tags": "x"}|Argument 'tags' must be a list of strings
          {"name": "x", "tags": [1]}|Argument 'tags' must be a list of strings
          {"name": "x", "tags": ["a","b","c"]}|Argument 'tags' must hold 0 to 2 items
          {"name": "x", "quilt_ops\\u200b": 1}|probe has no argument 'quilt_ops\\u{200b}'; it takes name, shape, color, count, deep, tags
          """)
  void namesArgumentAndRule(String json, String message) {
    assertThatThrownBy(() -> check(json))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void checksObjectsAndTheirLists() {
    Parameter items =
        Parameter.structures(
            "items", 2, List.of(Parameter.text("key", "A key").required()), "Items");
    ToolSpec spec = spec(Parameter.structure("meta", 10, "Metadata"), items);
    Arguments arguments =
        Arguments.check(
            spec,
            (ObjectNode) JSON.read("{\"meta\": {\"a\": 1}, \"items\": [{\"key\": \"x\"}, {}]}"));
    assertThat(arguments.structure("meta").orElseThrow()).hasToString("{\"a\":1}");
    assertThat(Arguments.ofItem(items, arguments.structures("items").get(0)).text("key"))
        .isEqualTo("x");
    assertThatThrownBy(() -> Arguments.ofItem(items, arguments.structures("items").get(1)))
        .hasMessage("Key parameter is required for an item of items. A key");
    for (String[] wrong :
        new String[][] {
          {"{\"meta\": []}", "Argument 'meta' must be an object"},
          {"{\"meta\": {\"a\": \"123456\"}}", "Argument 'meta' is longer than 10 bytes"},
          {"{\"items\": [1]}", "Argument 'items' must be a list of objects"},
          {"{\"items\": []}", "Argument 'items' must hold 1 to 2 items"},
        }) {
      assertThatThrownBy(() -> Arguments.check(spec, (ObjectNode) JSON.read(wrong[0])))
          .hasMessage(wrong[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {81, 5_000})
  void echoesNoMoreThanEightyCharacters(int length) {
    String long1 = "z".repeat(length);
    assertThatThrownBy(() -> check("{\"name\": \"x\", \"shape\": \"%s\"}".formatted(long1)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("z".repeat(81)));
  }

  @Test
  void saysThatAToolTakesNothing() {
    assertThatThrownBy(() -> Arguments.check(spec(), (ObjectNode) JSON.read("{\"x\": 1}")))
        .hasMessage("probe has no argument 'x'; it takes none");
  }

  @Test
  void teachesWithTheDescriptionWhereThereIsNoExample() {
    ToolSpec plain = spec(Parameter.whole("size", 1, 2, "How large").required());
    assertThatThrownBy(() -> Arguments.check(plain, StrictJson.NODES.objectNode()))
        .hasMessage("Size parameter is required for probe. How large");
  }
}
