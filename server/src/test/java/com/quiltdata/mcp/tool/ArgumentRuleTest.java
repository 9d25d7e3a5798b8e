package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class ArgumentRuleTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final ArgumentRule.OneInEach ONE =
      new ArgumentRule.OneInEach("items", List.of("text", "data"), "give one");
  private static final Parameter ITEMS =
      Parameter.structures(
          "items",
          2,
          List.of(Parameter.text("text", "A text"), Parameter.text("data", "Data")),
          "Items");
  private static final ToolSpec SPEC =
      ArgumentsTest.spec(
              Parameter.text("tag", "A tag"),
              Parameter.text("name", "A name"),
              Parameter.texts("add", 2, "To add"),
              Parameter.texts("remove", 2, "To remove"),
              ITEMS)
          .where(
              new ArgumentRule.Needs("tag", "name", "whose tag?"),
              new ArgumentRule.AnyOf(List.of("add", "remove"), "nothing to do"),
              ONE,
              new ArgumentRule.Told("Both `add` and `remove` are fine"));

  private static Optional<Fault> fault(String json) {
    return Optional.ofNullable(
        catchThrowableOfType(
            Fault.class, () -> Arguments.check(SPEC, (ObjectNode) JSON.read(json))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"tag": "t", "name": "n", "add": ["x"]}|``
          {"name": "n", "remove": ["x"]}|``
          {"tag": "", "add": ["x"], "remove": ["y"]}|``
          {"tag": "t", "add": ["x"]}|whose tag?
          {"tag": "t", "name": "", "add": ["x"]}|whose tag?
          {"name": "n"}|nothing to do
          {"add": [], "remove": []}|nothing to do
          {"add": ["x"], "items": [{}]}|``
          """)
  void holdsCallsToIt(String json, String refusal) {
    Optional<Fault> fault = fault(json);
    assertThat(fault.map(Fault::text).orElse("")).isEqualTo(refusal);
    fault.ifPresent(told -> assertThat(told.code()).isEqualTo(FaultCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"text": ""}|``
          {"data": "x"}|``
          {}|give one
          {"text": "", "data": ""}|give one
          """)
  void holdsItemsToIt(String json, String refusal) {
    Arguments item = Arguments.ofItem(ITEMS, JSON.read(json));
    Fault fault = catchThrowableOfType(Fault.class, () -> ONE.check(item));
    assertThat(Optional.ofNullable(fault).map(Fault::text).orElse("")).isEqualTo(refusal);
  }

  @Test
  void isSaidInWords() {
    assertThat(SPEC.rules())
        .extracting(ArgumentRule::inWords)
        .containsExactly(
            "`tag` goes with `name` only",
            "One of `add`, `remove` at least",
            "Each of `items` has one of `text`, `data` and no more",
            "Both `add` and `remove` are fine");
  }
}
