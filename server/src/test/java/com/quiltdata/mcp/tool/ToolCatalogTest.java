package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ToolCatalogTest {
  private static final ToolNeeds READS = ToolNeeds.actions("s3:GetObject");

  private final ToolPolicy policy =
      new ToolPolicy(Map.of("probe", READS, "reign", ToolNeeds.level(Level.ADMIN)));
  private final ToolCatalog catalog =
      new ToolCatalog(
          List.of(new Probe("reign", List.of()), new Probe("probe", List.of("old"))), policy);
  private int calls;

  /// Fails in its own words when asked to.
  private final class Probe implements Tool {
    private final String name;
    private final List<String> aliases;

    Probe(String name, List<String> aliases) {
      this.name = name;
      this.aliases = aliases;
    }

    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          name,
          "Probe",
          "Probes.",
          "test",
          List.of(
              Parameter.text("bucket", "A bucket").or(""),
              Parameter.flag("fail", "Whether to fail").or(false)),
          JsonSchema.result(),
          ToolHints.READ_ONLY,
          READS,
          aliases);
    }

    @Override
    public ToolResult call(ToolCall call) {
      calls++;
      if (call.arguments().flag("fail")) {
        throw new Fault(FaultCode.CONFLICT, "too late");
      }
      return new ToolResult.Success(ToolResult.fields());
    }

    @Override
    public ToolResult.Failure failure(Fault fault, Arguments arguments) {
      return new ToolResult.Failure(
          fault.code(), "Probing failed", StrictJson.NODES.objectNode().put("cause", fault.text()));
    }
  }

  private ToolResult call(Caller caller, ObjectNode arguments) {
    return catalog.call("old", caller, arguments, CallOutput.SILENT, "r1", Input.NONE);
  }

  private static ObjectNode arguments() {
    return StrictJson.NODES.objectNode();
  }

  @Test
  void callsUnderOlderNames() {
    assertThat(call(Callers.LOCAL, arguments())).isInstanceOf(ToolResult.Success.class);
    assertThat(catalog.find("old").map(ToolSpec::name)).contains("probe");
    assertThat(catalog.find("older")).isEmpty();
    assertThat(catalog.size()).isEqualTo(2);
  }

  @Test
  void letsAToolWordItsFailuresButNotDenialsAndArguments() {
    assertThat(call(Callers.LOCAL, arguments().put("fail", true)))
        .isInstanceOfSatisfying(
            ToolResult.Failure.class,
            failure ->
                assertThat(failure.fields().toString())
                    .isEqualTo(
                        "{\"success\":false,\"error\":\"Probing failed\",\"code\":\"conflict\","
                            + "\"cause\":\"too late\"}"));
    assertThat(call(Callers.LOCAL, arguments().put("fail", 1)))
        .isInstanceOfSatisfying(
            ToolResult.Failure.class,
            failure ->
                assertThat(failure.error()).isEqualTo("Argument 'fail' must be true or false"));
    assertThat(call(Callers.bearerOf(Set.of()), arguments().put("fail", 1)))
        .isInstanceOfSatisfying(
            ToolResult.Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(FaultCode.FORBIDDEN_ACTION);
              assertThat(failure.fields().get("missing_permissions").get(0).stringValue())
                  .isEqualTo("s3:GetObject");
            });
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void asksThePolicyFirst() {
    assertThat(call(Callers.ANONYMOUS, arguments()))
        .isInstanceOfSatisfying(
            ToolResult.Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(FaultCode.NOT_AUTHENTICATED));
    assertThat(call(Callers.bearer("mine"), arguments().put("bucket", "theirs")))
        .isInstanceOfSatisfying(
            ToolResult.Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(FaultCode.FORBIDDEN_BUCKET));
    assertThat(calls).isZero();
  }

  @Test
  void listsByNameWhatACallerMaySee() {
    assertThat(catalog.visibleTo(Callers.LOCAL))
        .extracting(ToolSpec::name)
        .containsExactly("probe", "reign");
    assertThat(catalog.visibleTo(Callers.bearer()))
        .extracting(ToolSpec::name)
        .containsExactly("probe");
    assertThat(catalog.visibleTo(Callers.ANONYMOUS)).isEmpty();
  }

  @Test
  void refusesTwoToolsOfOneName() {
    assertThatThrownBy(() ->
            new ToolCatalog(
                List.of(new Probe("old", List.of()), new Probe("probe", List.of("old"))), policy))
        .hasMessage("two tools are called old");
  }
}
