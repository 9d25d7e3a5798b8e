package com.quiltdata.mcp.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// MCP 2026-07-28, `PrimitiveSchemaDefinition`: every kind, and answers as clients never should
/// give them.
final class FormSchemaTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private static final String CHOICE = "{'type':'string','enum':['red','green','']}";
  private static final String TITLED =
      "{'type':'string','oneOf':[{'const':'r','title':'Red'},{'const':'g','title':'Green'}]}";
  private static final String LEGACY =
      "{'type':'string','enum':['r','g'],'enumNames':['Red','Green']}";
  private static final String CHOICES =
      "{'type':'array','minItems':1,'maxItems':2,'items':{'type':'string','enum':['r','g']}}";
  private static final String TITLED_CHOICES =
      "{'type':'array','items':{'anyOf':[{'const':'r','title':'R'},{'const':'g','title':'G'}]}}";

  /// @param fit values that do
  /// @param misfit values that do not
  record Kind(String schema, List<String> fit, List<String> misfit) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "{'type':'string'}",
              List.of("''", "'x'", "'null'", "'\\u0000'", "'😀'"),
              List.of("null", "1", "true", "[]", "{}", "['x']", "{'x':'x'}")),
          new Kind(
              "{'type':'string','minLength':2,'maxLength':3}",
              List.of("'ab'", "'abc'", "'😀😀'", "'😀😀😀'"),
              List.of("''", "'a'", "'abcd'", "'😀'", "'😀😀😀😀'")),
          new Kind(
              "{'type':'string','format':'email'}",
              List.of("'a@b'", "'ann.lee+x@example.com'"),
              List.of("''", "'a'", "'@b'", "'a@'", "'a@b@c'", "'a b@c'", "'a@b\\n'", "1")),
          new Kind(
              "{'type':'string','format':'uri'}",
              List.of("'https://example.com/a?b#c'", "'s3://b/k'", "'urn:x:y'", "'mailto:a@b'"),
              List.of("''", "'/a'", "'a b'", "'example.com'", "'http://'", "'http:// x'")),
          new Kind(
              "{'type':'string','format':'date'}",
              List.of("'2026-02-28'", "'2024-02-29'", "'0000-01-01'"),
              List.of(
                  "''",
                  "'2026-02-29'",
                  "'2026-13-01'",
                  "'2026-1-1'",
                  "'+12026-01-01'",
                  "'-2026-01-01'",
                  "'2026-01-01T00:00:00Z'",
                  "'٢٠٢٦-01-01'",
                  "20260101")),
          new Kind(
              "{'type':'string','format':'date-time'}",
              List.of(
                  "'2026-01-01T00:00:00Z'",
                  "'2026-01-01t00:00:00z'",
                  "'2026-01-01T23:59:59.123456789+14:00'"),
              List.of(
                  "''",
                  "'2026-01-01'",
                  "'2026-01-01T00:00:00'",
                  "'2026-01-01T00:00Z'",
                  "'2026-01-01T24:00:01Z'",
                  "'2026-01-01 00:00:00Z'",
                  "'+12026-01-01T00:00:00Z'",
                  "'2026-01-01T00:00:00+25:00'",
                  "0")),
          new Kind("{'type':'string','format':'later'}", List.of("'anything'"), List.of("1")),
          new Kind(
              "{'type':'boolean'}",
              List.of("true", "false"),
              List.of("'true'", "1", "0", "null", "[]")),
          new Kind(
              "{'type':'integer'}",
              List.of("0", "-1", "5.0", "1e2", "9007199254740991", "-9007199254740991"),
              List.of(
                  "1.5",
                  "'1'",
                  "true",
                  "null",
                  "[1]",
                  "9007199254740992",
                  "1e300",
                  "-1e300",
                  "9".repeat(100))),
          new Kind(
              "{'type':'integer','minimum':1,'maximum':10}",
              List.of("1", "10", "10.0"),
              List.of("0", "11", "10.5", "-1e300")),
          new Kind(
              "{'type':'number'}",
              List.of("0", "-0.5", "1e300", "-1.5e-300", "9".repeat(100)),
              List.of("'1'", "'NaN'", "true", "null", "{}", "[]")),
          new Kind(
              "{'type':'number','minimum':-0.5,'maximum':0.5}",
              List.of("-0.5", "0", "0.5"),
              List.of("-0.50001", "0.50001", "1e308", "1" + "0".repeat(90))),
          // A double cannot tell the largest from the one above it.
          new Kind(
              "{'type':'number','maximum':9007199254740992}",
              List.of("9007199254740992"),
              List.of("9007199254740993")),
          new Kind(
              CHOICE,
              List.of("'red'", "'green'", "''"),
              List.of("'Red'", "'blue'", "0", "null", "['red']")),
          new Kind(TITLED, List.of("'r'", "'g'"), List.of("'Red'", "''", "'b'", "{'const':'r'}")),
          new Kind(LEGACY, List.of("'r'", "'g'"), List.of("'Red'", "''", "1")),
          new Kind(
              CHOICES,
              List.of("['r']", "['g','r']", "['r','r']"),
              List.of(
                  "[]",
                  "['r','g','r']",
                  "['b']",
                  "['r',null]",
                  "[1]",
                  "[['r']]",
                  "'r'",
                  "{'0':'r'}")),
          new Kind(
              TITLED_CHOICES,
              List.of("[]", "['r','g']"),
              List.of("['R']", "[{'const':'r'}]", "null", "'r'")));

  record Case(String schema, String value) {}

  static Stream<Case> fitting() {
    return KINDS.stream().flatMap(kind -> kind.fit().stream().map(v -> new Case(kind.schema(), v)));
  }

  static Stream<Case> notFitting() {
    return KINDS.stream()
        .flatMap(kind -> kind.misfit().stream().map(v -> new Case(kind.schema(), v)));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.read(text.replace('\'', '"'));
  }

  private static ObjectNode schema(String property) {
    return json("{'type':'object','properties':{'it':" + property + "},'required':['it']}");
  }

  private static boolean fits(Case one) {
    return FormSchema.fits(schema(one.schema()), json("{'it':" + one.value() + "}"));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void r109TakesWhatWasAskedFor(Case one) {
    assertThat(fits(one)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("notFitting")
  void r107RefusesWhatWasNot(Case one) {
    assertThat(fits(one)).isFalse();
  }

  @Test
  void r107WhatIsRequiredMustBeThere() {
    ObjectNode schema = schema("{'type':'string'}");
    assertThat(FormSchema.fits(schema, json("{}"))).isFalse();
    assertThat(FormSchema.fits(schema, json("{'It':'x'}"))).isFalse();
    schema.remove("required");
    assertThat(FormSchema.fits(schema, json("{}"))).isTrue();
    assertThat(FormSchema.fits(schema, json("{'it':null}"))).isFalse();
    assertThat(FormSchema.fits(schema, json("{'it':1}"))).isFalse();
  }

  @Test
  void whatWasNotAskedForIsLetThrough() {
    assertThat(FormSchema.fits(schema("{'type':'string'}"), json("{'it':'x','more':{'deep':[1]}}")))
        .isTrue();
  }

  @Test
  void aHugeAnswerIsDecidedOnQuickly() {
    String items = String.join(",", Collections.nCopies(90_000, "'r'"));
    long start = System.nanoTime();
    assertThat(fits(new Case(CHOICES, "[" + items + "]"))).isFalse();
    assertThat(fits(new Case(TITLED_CHOICES, "[" + items + "]"))).isTrue();
    assertThat(
            fits(new Case("{'type':'string','format':'email'}", "'" + "a".repeat(1 << 20) + "'")))
        .isFalse();
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'string'}",
        "{'type':'object','properties':{'it':{}}}",
        "{'type':'object','properties':{'it':{'type':'object'}}}",
        "{'type':'object','properties':{'it':{'type':'null'}}}",
        "{'type':'object','properties':{'it':{'type':['string','null']}}}",
        "{'type':'object','properties':{'it':'string'}}"
      })
  void r109AFormIsFlat(String schema) {
    assertThatThrownBy(() -> new InputRequest.Form("Why", json(schema)))
        .hasMessage("a form is a flat object of texts, numbers, flags and choices");
  }

  @Test
  void aFormRequiresNothingElse() {
    assertThatThrownBy(
            () -> new InputRequest.Form("Why", json("{'type':'object','required':['it']}")))
        .hasMessage("a form requires what it does not ask for");
  }

  static final List<String> SCHEMAS = KINDS.stream().map(Kind::schema).toList();

  @ParameterizedTest
  @FieldSource("SCHEMAS")
  void everyKindMakesAForm(String property) {
    assertThat(new InputRequest.Form("Why", schema(property)).params().path("mode").asString(""))
        .isEqualTo("form");
  }
}
