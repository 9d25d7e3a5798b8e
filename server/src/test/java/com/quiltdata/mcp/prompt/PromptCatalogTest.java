package com.quiltdata.mcp.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromptCatalogTest {
  private final List<PromptCall> calls = new ArrayList<>();

  private final class Probe implements Prompt {
    private final PromptSpec spec;

    private Probe(String name, ToolNeeds needs, PromptArgument... arguments) {
      this.spec = new PromptSpec(name, "Title", "Description.", List.of(arguments), needs);
    }

    @Override
    public PromptSpec spec() {
      return spec;
    }

    @Override
    public PromptResult get(PromptCall call) {
      calls.add(call);
      return new PromptResult.Messages("done", List.of(PromptMessage.user(call.text("bucket"))));
    }
  }

  private final Probe probe =
      new Probe(
          "probe",
          ToolNeeds.actions("s3:ListBucket"),
          PromptArgument.required("bucket", "Bucket", "Where to look")
              .completedBy(call -> Completion.ofAll(List.of(call.typed() + "!"))),
          PromptArgument.optional("registry", "Registry", "Where else to look")
              .completedBy(call -> Completion.ofAll(List.copyOf(call.arguments().values()))),
          PromptArgument.optional("note", "Note", "Anything"));
  private final PromptCatalog catalog =
      new PromptCatalog(
          List.of(probe, new Probe("admin", ToolNeeds.level(Level.ADMIN))), new ToolPolicy());

  private static void assertFault(FaultCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void givesThePromptItsArgumentsWithoutEmptyOnes() {
    PromptResult result =
        catalog.get("probe", Callers.LOCAL, Map.of("bucket", "b", "note", ""), "r-1", Input.NONE);
    assertThat(result)
        .isEqualTo(new PromptResult.Messages("done", List.of(PromptMessage.user("b"))));
    assertThat(calls)
        .containsExactly(
            new PromptCall(
                new Grant(Callers.LOCAL, Set.of(), Set.of("s3:ListBucket")),
                Map.of("bucket", "b"),
                "r-1",
                Input.NONE));
    assertThat(calls.getFirst().textIfGiven("note")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "foreign, bucket, FORBIDDEN_BUCKET",
    "s3://foreign, registry, FORBIDDEN_BUCKET",
    "s3://team/x, bucket, INVALID_BUCKET",
    "Team, registry, INVALID_BUCKET"
  })
  void checksEveryBucketBeforeAnythingElse(String value, String argument, FaultCode code) {
    Map<String, String> arguments = Map.of(argument, value, "unknown", "x");
    assertFault(
        code, () -> catalog.get("probe", Callers.bearer("team"), arguments, "r", Input.NONE));
    assertThat(calls).isEmpty();
  }

  @Test
  void checksRightsBeforeArguments() {
    Caller reader = Callers.bearerOf(Set.of("s3:GetObject"), "team");
    assertFault(
        FaultCode.FORBIDDEN_ACTION, () -> catalog.get("probe", reader, Map.of(), "r", Input.NONE));
    assertFault(
        FaultCode.FORBIDDEN_LEVEL,
        () -> catalog.get("admin", Callers.bearer("team"), Map.of(), "r", Input.NONE));
    assertFault(
        FaultCode.NOT_AUTHENTICATED,
        () -> catalog.get("probe", Callers.ANONYMOUS, Map.of("bucket", "team"), "r", Input.NONE));
    assertThat(calls).isEmpty();
  }

  @Test
  void namesTheArgumentAndTheRule() {
    assertThatThrownBy(
            () -> catalog.get("probe", Callers.LOCAL, Map.of("bucket", ""), "r", Input.NONE))
        .hasMessage("Argument 'bucket' is required for the prompt probe: Where to look");
    assertThatThrownBy(() ->
            catalog.get(
                "probe", Callers.LOCAL, Map.of("bucket", "b", "n\u200bo", "x"), "r", Input.NONE))
        .hasMessage(
            "The prompt probe has no argument 'n\\u{200b}o'; it takes bucket, registry, note");
    assertThatThrownBy(() ->
            catalog.get(
                "probe",
                Callers.LOCAL,
                Map.of("bucket", "b", "note", "x".repeat(4_097)),
                "r",
                Input.NONE))
        .hasMessage("Argument 'note' is longer than 4096 characters");
    String longest = "\ud83e\uddec".repeat(4_096);
    catalog.get("probe", Callers.LOCAL, Map.of("bucket", "b", "note", longest), "r", Input.NONE);
    assertThat(calls).hasSize(1);
  }

  @Test
  void showsWhatACallerMayGetOnly() {
    assertThat(catalog.visibleTo(Callers.LOCAL))
        .extracting(PromptSpec::name)
        .containsExactly("admin", "probe");
    assertThat(catalog.visibleTo(Callers.bearer()))
        .extracting(PromptSpec::name)
        .containsExactly("probe");
    assertThat(catalog.visibleTo(Callers.bearerOf(Set.of(), "team"))).isEmpty();
    assertThat(catalog.visibleTo(Callers.ANONYMOUS)).isEmpty();
  }

  @Test
  void proposesValuesToThoseWhoMaySeeThem() {
    CompletionCall call = new CompletionCall(Callers.bearer("team"), "x", Map.of("bucket", "team"));
    assertThat(catalog.complete("probe", "bucket", call).values()).containsExactly("x!");
    assertThat(catalog.complete("probe", "registry", call).values()).containsExactly("team");
    assertThat(catalog.complete("probe", "note", call)).isEqualTo(Completion.none());
    assertFault(
        FaultCode.FORBIDDEN_BUCKET,
        () ->
            catalog.complete(
                "probe",
                "registry",
                new CompletionCall(Callers.bearer("other"), "", Map.of("bucket", "team"))));
    assertFault(
        FaultCode.NOT_AUTHENTICATED,
        () ->
            catalog.complete(
                "probe", "bucket", new CompletionCall(Callers.ANONYMOUS, "", Map.of())));
  }

  @Test
  void refusesTwoPromptsOrArgumentsOfOneName() {
    assertThatThrownBy(() -> new PromptCatalog(List.of(probe, probe), new ToolPolicy()))
        .hasMessage("two prompts are called probe");
    PromptArgument argument = PromptArgument.optional("x", "X", "X");
    assertThatThrownBy(() -> new Probe("twice", ToolNeeds.nothing(), argument, argument))
        .hasMessage("two arguments of twice are called x");
    assertThatThrownBy(() -> new Probe("No Name", ToolNeeds.nothing()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
