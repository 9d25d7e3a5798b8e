package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.json;
import static com.quiltdata.mcp.task.TaskBench.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.FormAnswer;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolResult;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Questions of a running task (extension `io.modelcontextprotocol/tasks`, `input_required`).
final class TaskInputTest {
  private static final InputRequest.Form NAME = InputRequest.texts("Who?", List.of("name"));
  private static final InputRequest.Form SURE = InputRequest.confirmation("Sure?", "ok");
  private static final String ANSWER = "{'action':'accept','content':{'name':'Ann'}}";

  private final TaskBench bench = new TaskBench();
  private final TaskBench.Replica replica = bench.replica();

  private static ToolResult asks(String key, InputRequest question) {
    return new ToolResult.Asks(InputRequired.of(key, question));
  }

  /// Asks for two names until both are there.
  private static ToolResult twoNames(Input input) {
    Optional<String> first = name(input, "first");
    Optional<String> second = name(input, "second");
    if (first.isPresent() && second.isPresent()) {
      return said(first.get() + " and " + second.get());
    }
    Map<String, InputRequest> missing = new LinkedHashMap<>();
    if (first.isEmpty()) {
      missing.put("first", NAME);
    }
    if (second.isEmpty()) {
      missing.put("second", NAME);
    }
    return new ToolResult.Asks(new InputRequired(missing, Optional.empty()));
  }

  private static Optional<String> name(Input input, String key) {
    return input
        .form(key, NAME)
        .map(answer ->
            answer instanceof FormAnswer.Accepted(ObjectNode content)
                ? content.path("name").stringValue()
                : "nobody");
  }

  private Set<String> open(String id) {
    return new HashSet<>(replica.get(id).path("inputRequests").propertyNames());
  }

  @Test
  void r163AllThatIsOpenIsToldAndAnsweredInAnyOrder() {
    String id = replica.begin((input, _) -> twoNames(input));
    ObjectNode task = replica.until(id, "input_required");
    assertThat(task.path("inputRequests").propertyNames()).containsExactly("first", "second");
    assertThat(task.path("inputRequests").path("first").path("method").stringValue())
        .isEqualTo("elicitation/create");
    assertThat(task.path("inputRequests").path("first").path("params").path("mode").stringValue())
        .isEqualTo("form");
    bench.clock.advance(Duration.ofSeconds(1));

    assertThat(replica.update(id, "{'second':" + ANSWER + "}")).isTrue();
    task = replica.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("input_required");
    assertThat(task.path("inputRequests").propertyNames()).containsExactly("first");
    assertThat(task.path("lastUpdatedAt").stringValue()).isEqualTo("2026-01-02T03:04:06.678Z");

    assertThat(replica.update(id, "{'first':" + ANSWER.replace("Ann", "Bo") + "}")).isTrue();
    assertThat(open(id)).isEmpty();
    assertThat(replica.end(id).path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("Bo and Ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'unknown-key':{'ignored':true}}",
        "{'unknown':null}",
        "{'unknown':7,'':[],'First':" + ANSWER + "}"
      })
  void r163WhatIsNotOpenSaysNothing(String responses) {
    String id = replica.begin((input, _) -> twoNames(input));
    ObjectNode task = replica.until(id, "input_required");
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(replica.update(id, responses)).isTrue();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void r163AnAnsweredKeyIsNotAnsweredAgain() {
    String id = replica.begin((input, _) -> twoNames(input));
    replica.until(id, "input_required");
    replica.update(id, "{'first':" + ANSWER + "}");
    replica.update(id, "{'first':{'action':'decline'}}");
    replica.update(id, "{'first':null,'second':" + ANSWER + "}");
    assertThat(replica.end(id).path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("Ann and Ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "7", "[]", "{}", "'Ann'", "{'action':'accept','content':{'name':7}}"})
  void r106AMalformedAnswerIsAskedForAgainUnderANewKey(String malformed) {
    String id = replica.begin((input, _) -> twoNames(input));
    replica.until(id, "input_required");
    replica.update(id, "{'first':" + malformed + ",'second':" + ANSWER + "}");
    replica.until(id, "input_required");
    assertThat(open(id)).containsExactly("first#2");
    replica.update(id, "{'first':" + ANSWER + "}");
    assertThat(open(id)).as("the old key is spent").containsExactly("first#2");
    replica.update(id, "{'first#2':" + ANSWER + "}");
    assertThat(replica.end(id).path("status").stringValue()).isEqualTo("completed");
  }

  @Test
  void r163NoKeyIsToldTwiceWhateverTheJobCallsThem() {
    AtomicInteger rounds = new AtomicInteger();
    String id =
        replica.begin((_, _) ->
            switch (rounds.incrementAndGet()) {
              case 1 -> asks("a#2", NAME);
              case 2, 3, 4 -> asks("a", NAME);
              default -> said("done");
            });
    Set<String> told = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      replica.until(id, "input_required");
      Set<String> open = open(id);
      assertThat(open).hasSize(1);
      assertThat(told.addAll(open)).as("%s again", open).isTrue();
      replica.update(id, "{'" + open.iterator().next() + "':null}");
    }
    assertThat(replica.end(id).path("status").stringValue()).isEqualTo("completed");
  }

  @Test
  void r107AUserMaySayNo() {
    String id = replica.begin((input, _) -> twoNames(input));
    replica.until(id, "input_required");
    replica.update(id, "{'first':{'action':'decline'},'second':{'action':'cancel'}}");
    assertThat(replica.end(id).path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("nobody and nobody");
  }

  @Test
  void aJobRemembersBetweenRounds() {
    String id =
        replica.begin((input, _) -> {
          int round = input.state().map(state -> state.path("round").asInt(0)).orElse(0);
          ObjectNode next = StrictJson.NODES.objectNode().put("round", round + 1);
          return round == 3
              ? said("three")
              : new ToolResult.Asks(InputRequired.of("go", SURE).remembering(next));
        });
    for (String key : List.of("go", "go#2", "go#3")) {
      replica.until(id, "input_required");
      assertThat(open(id)).containsExactly(key);
      replica.update(id, "{'" + key + "':{'action':'cancel'}}");
    }
    assertThat(replica.end(id).path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("three");
  }

  @Test
  void earlierAnswersStayAndCountUntilTheyAreAskedForAgain() {
    AtomicInteger rounds = new AtomicInteger();
    String id =
        replica.begin((input, _) ->
            switch (rounds.incrementAndGet()) {
              case 1 -> asks("first", NAME);
              case 2 -> asks("second", NAME);
              default -> twoNames(input);
            });
    replica.until(id, "input_required");
    replica.update(id, "{'first':" + ANSWER + "}");
    replica.until(id, "input_required");
    replica.update(id, "{'second':" + ANSWER + "}");
    assertThat(replica.end(id).path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("Ann and Ann");
  }

  @Test
  void aJobMayGoOnWithoutAQuestion() {
    String id =
        replica.begin((input, _) ->
            input.state().isPresent()
                ? said("done")
                : new ToolResult.Asks(
                    new InputRequired(Map.of(), Optional.of(json("{'round':1}")))));
    assertThat(replica.end(id).path("status").stringValue()).isEqualTo("completed");
  }

  @Test
  void aJobDoesNotAskForEver() {
    AtomicInteger rounds = new AtomicInteger();
    String id =
        replica.begin((_, _) -> {
          rounds.incrementAndGet();
          return new ToolResult.Asks(new InputRequired(Map.of(), Optional.of(json("{'a':1}"))));
        });
    assertThat(replica.end(id).path("error"))
        .isEqualTo(
            json(
                "{'code':-32603,'message':"
                    + "'The job asked 64 times and the answers were not what it asked for'}"));
    assertThat(rounds).hasValue(64);
  }

  @Test
  void r102WhatCannotBeAskedIsAnErrorThatNamesIt() {
    Job job =
        TaskBench.job((_, _) ->
            new ToolResult.Asks(
                InputRequired.of("form", NAME)
                    .and("page", new InputRequest.Page("Go", URI.create("https://e.org/")))
                    .and("roots", new InputRequest.Roots())));
    ObjectNode task =
        replica
            .tasks
            .begin(
                TaskBench.order(ANN, Set.of(ClientCapability.TASKS, ClientCapability.ROOTS)), job)
            .orElseThrow();
    ObjectNode end = replica.end(task.path("taskId").stringValue());
    assertThat(end.path("status").stringValue()).isEqualTo("failed");
    assertThat(end.path("error").path("code").intValue()).isEqualTo(-32021);
    assertThat(end.path("error").path("data"))
        .isEqualTo(json("{'requiredCapabilities':{'elicitation':{'form':{},'url':{}}}}"));
  }

  @Test
  void aJobKnowsWhatItsClientCanBeAsked() {
    Job job = TaskBench.job((input, _) -> said(input.capabilities().toString()));
    ObjectNode task =
        replica
            .tasks
            .begin(TaskBench.order(ANN, Set.of(ClientCapability.SAMPLING)), job)
            .orElseThrow();
    assertThat(
            replica
                .end(task.path("taskId").stringValue())
                .path("result")
                .path("content")
                .path(0)
                .path("text")
                .stringValue())
        .isEqualTo("[SAMPLING]");
  }

  @Test
  void answersToAnEndedTaskSayNothing() {
    String id = replica.begin((_, _) -> said("done"));
    ObjectNode task = replica.end(id);
    assertThat(replica.update(id, "{'first':" + ANSWER + "}")).isTrue();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void tooLargeAnswersAreRefusedAndNothingOfThemIsTaken() {
    String id = replica.begin((input, _) -> twoNames(input));
    ObjectNode task = replica.until(id, "input_required");
    ObjectNode responses = json("{'first':" + ANSWER + "}").put("more", "x".repeat(128 << 10));
    assertThatThrownBy(() -> replica.tasks.update(id, ANN, responses))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.TOO_LARGE))
        .hasMessageContaining("128 KiB");
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void whoWaitsForAnswersTooLongFails() {
    String id = replica.begin((input, _) -> twoNames(input));
    replica.until(id, "input_required");
    bench.clock.advance(Duration.ofHours(1).plusMillis(1));
    assertThat(replica.get(id).path("error").path("message").stringValue())
        .isEqualTo("The task took longer than 3600 seconds");
    assertThat(replica.update(id, "{'first':" + ANSWER + "}")).isTrue();
    assertThat(replica.status(id)).isEqualTo("failed");
  }
}
