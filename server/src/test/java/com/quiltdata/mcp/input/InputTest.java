package com.quiltdata.mcp.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class InputTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final InputRequest.Form NAME = InputRequest.texts("Who?", List.of("name"));

  /// What stands where an answer should.
  static final List<String> NO_ANSWERS =
      List.of(
          "null",
          "true",
          "7",
          "-1e300",
          "'accept'",
          "[]",
          "[{'action':'accept','content':{'name':'Ann'}}]",
          "{}",
          "{'ignored':true}",
          "{'action':null}",
          "{'action':1}",
          "{'action':'ACCEPT','content':{'name':'Ann'}}",
          "{'action':'accepted'}",
          "{'action':{'action':'accept'}}",
          "{'content':{'name':'Ann'}}",
          "{'content':{'text':'no type'}}",
          "{'content':{'type':'image','data':'','mimeType':'image/png'}}",
          "{'content':{'type':'text','text':null}}",
          "{'content':{'type':'text','text':7}}",
          "{'content':[]}",
          "{'content':'text'}",
          "{'roots':null}",
          "{'roots':{}}",
          "{'roots':'file:///'}",
          "{'roots':[null]}",
          "{'roots':[{}]}",
          "{'roots':[{'uri':7}]}",
          "{'roots':[{'uri':'file:///a'},{'name':'b'}]}",
          "{'error':{'code':-32601,'message':'no'}}");

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.read(text.replace('\'', '"'));
  }

  private static Input answered(String response) {
    return new Input(Set.of(), json("{'key':" + response + "}"), Optional.empty());
  }

  @ParameterizedTest
  @FieldSource("NO_ANSWERS")
  void r106WhatIsNoAnswerIsNotTaken(String response) {
    Input input = answered(response);
    assertThat(input.form("key", NAME)).isEmpty();
    assertThat(input.page("key")).isEmpty();
    assertThat(input.sampled("key")).isEmpty();
    assertThat(input.roots("key")).isEmpty();
  }

  @Test
  void r106NoAnswerIsNoAnswer() {
    assertThat(Input.NONE.form("key", NAME)).isEmpty();
    assertThat(Input.NONE.page("key")).isEmpty();
    assertThat(Input.NONE.sampled("key")).isEmpty();
    assertThat(Input.NONE.roots("key")).isEmpty();
    assertThat(Input.NONE.state()).isEmpty();
    assertThat(Input.NONE.capabilities()).isEmpty();
  }

  @Test
  void r107AUserSaysYesNoOrNothing() {
    assertThat(answered("{'action':'accept','content':{'name':'Ann'}}").form("key", NAME))
        .contains(new FormAnswer.Accepted(json("{'name':'Ann'}")));
    assertThat(answered("{'action':'decline'}").form("key", NAME))
        .contains(new FormAnswer.Declined());
    assertThat(answered("{'action':'cancel'}").form("key", NAME))
        .contains(new FormAnswer.Dismissed());
    assertThat(answered("{'action':'decline','content':{'name':7}}").form("key", NAME))
        .contains(new FormAnswer.Declined());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action':'accept'}",
        "{'action':'accept','content':null}",
        "{'action':'accept','content':[]}",
        "{'action':'accept','content':'Ann'}",
        "{'action':'accept','content':{}}",
        "{'action':'accept','content':{'name':null}}",
        "{'action':'accept','content':{'name':7}}"
      })
  void r107AnAcceptedFormFitsWhatWasAsked(String response) {
    assertThat(answered(response).form("key", NAME)).isEmpty();
  }

  @Test
  void aFormThatRequiresNothingMayBeLeftEmpty() {
    InputRequest.Form form =
        new InputRequest.Form(
            "Any?", json("{'type':'object','properties':{'x':{'type':'string'}}}"));
    assertThat(answered("{'action':'accept'}").form("key", form))
        .contains(new FormAnswer.Accepted(json("{}")));
  }

  /// Nothing of what was done on the page passes through the client.
  @Test
  void r108APageBringsNoContent() {
    assertThat(answered("{'action':'accept','content':{'secret':'x'}}").page("key"))
        .contains(new FormAnswer.Accepted(json("{}")));
    assertThat(answered("{'action':'accept'}").page("key"))
        .contains(new FormAnswer.Accepted(json("{}")));
    assertThat(answered("{'action':'decline'}").page("key")).contains(new FormAnswer.Declined());
    assertThat(answered("{'action':'cancel'}").page("key")).contains(new FormAnswer.Dismissed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'assistant','model':'m','content':{'type':'text','text':'Paris'}}",
        "{'content':[{'type':'text','text':'Paris'},{'type':'text','text':'Lyon'}]}",
        "{'content':[null,{'type':'image'},{'type':'text','text':'Paris'}]}"
      })
  void aModelSaysText(String response) {
    assertThat(answered(response).sampled("key")).contains("Paris");
  }

  @Test
  void aModelMaySayNothing() {
    assertThat(answered("{'content':{'type':'text','text':''}}").sampled("key")).contains("");
  }

  @Test
  void rootsAreTextsOfTheClient() {
    assertThat(answered("{'roots':[]}").roots("key")).contains(List.of());
    assertThat(
            answered("{'roots':[{'uri':'file:///a','name':'A'},{'uri':'x','name':7,'more':1}]}")
                .roots("key"))
        .contains(
            List.of(new Root("file:///a", Optional.of("A")), new Root("x", Optional.empty())));
  }

  @Test
  void r102AsksWhatTheClientCanBeAsked() {
    Input input =
        new Input(Set.of(ClientCapability.FORM), StrictJson.NODES.objectNode(), Optional.empty());
    assertThat(input.canAsk(NAME)).isTrue();
    assertThat(input.canAsk(new InputRequest.Page("Go", URI.create("https://example.com/a"))))
        .isFalse();
    assertThat(input.canAsk(new InputRequest.Sampling("Say", 1))).isFalse();
    assertThat(input.canAsk(new InputRequest.Roots())).isFalse();
  }

  @Test
  void r101SomethingIsRequired() {
    assertThatThrownBy(() -> new InputRequired(Map.of(), Optional.empty()))
        .hasMessage("neither a question nor a state");
    assertThat(new InputRequired(Map.of(), Optional.of(json("{}"))).requests()).isEmpty();
  }

  @Test
  void questionsKeepTheirOrderAndTheirKeys() {
    InputRequired required =
        InputRequired.of("z", NAME)
            .and("a", new InputRequest.Roots())
            .and("m", new InputRequest.Sampling("Say", 1))
            .remembering(json("{'round':1}"));
    assertThat(required.requests().keySet()).containsExactly("z", "a", "m");
    assertThat(required.state()).contains(json("{'round':1}"));
    assertThatThrownBy(() -> required.and("a", NAME)).hasMessage("two questions under the key a");
    assertThatThrownBy(() -> required.requests().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void questionsAreWordedAsTheNewestRevisionDoes() {
    assertThat(InputRequest.confirmation("Sure?", "ok").params())
        .isEqualTo(
            json(
                "{'mode':'form','message':'Sure?','requestedSchema':{'type':'object',"
                    + "'properties':{'ok':{'type':'boolean'}},'required':['ok']}}"));
    assertThat(new InputRequest.Page("Go", URI.create("https://example.com/a")).params())
        .isEqualTo(json("{'mode':'url','message':'Go','url':'https://example.com/a'}"));
    assertThat(new InputRequest.Sampling("Say", 5).params())
        .isEqualTo(
            json(
                "{'messages':[{'role':'user','content':{'type':'text','text':'Say'}}],"
                    + "'maxTokens':5}"));
    assertThat(new InputRequest.Roots().params()).isEqualTo(json("{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "example.com", "mailto:a@b", "https:///a", "data:,x"})
  void r108APageHasAnAddressThatABrowserOpens(String url) {
    assertThatThrownBy(() -> new InputRequest.Page("Go", URI.create(url)))
        .hasMessage("a page has an address with a host");
  }

  @Test
  void anAnswerHasAtLeastOneToken() {
    assertThatThrownBy(() -> new InputRequest.Sampling("Say", 0))
        .hasMessage("an answer has at least one token");
  }
}
