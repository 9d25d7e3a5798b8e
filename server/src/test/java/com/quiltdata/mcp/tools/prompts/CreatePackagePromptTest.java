package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.prompts.PromptBench.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CreatePackagePromptTest {
  private static final String PROMPT = "create_package_from_prefix";

  private final PromptBench bench = new PromptBench(PromptBench.lab());

  private record Stub(String name) implements Tool {
    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          name,
          "Stub",
          "A stub.",
          "test",
          List.of(),
          JsonSchema.result(),
          ToolHints.READ_ONLY,
          ToolNeeds.nothing(),
          List.of());
    }

    @Override
    public ToolResult call(ToolCall call) {
      throw new AssertionError("nobody calls it");
    }
  }

  @Test
  void plansWithTheObjectsBelowThePrefix() {
    Said said =
        bench.get(
            Callers.bearer("team", "other"),
            PROMPT,
            "bucket",
            "team",
            "prefix",
            "data/",
            "package_name",
            "team/plates",
            "registry",
            "s3://other");
    assertThat(said.data().path("objects").valueStream().map(one -> one.path("key").asString()))
        .containsExactly("data/raw/a.csv", "data/raw/b.csv", "data/raw/readme.txt");
    assertThat(said.data().path("existing_top_hash").isNull()).isTrue();
    assertThat(said.task())
        .contains("packages_list with {\"registry\":\"s3://other\",\"prefix\":\"team/\"}")
        .contains(
            "\"package_name\":\"team/plates\",\"target_registry\":\"s3://other\",\"dry_run\":true}")
        .doesNotContain("package_browse")
        .doesNotContain("quilt3");
  }

  @Test
  void looksAtAPackageThatExistsAlready() {
    Said said =
        bench.local(PROMPT, "bucket", "team", "prefix", "data/", "package_name", "team/cells");
    assertThat(said.data().path("existing_top_hash").asString()).hasSize(64);
    assertThat(said.task()).contains("package_browse with {\"package_name\":\"team/cells\"");
  }

  @Test
  void usesTheToolWhereThereIsOne() {
    ToolCatalog tools =
        new ToolCatalog(
            List.of(new Stub("package_create_from_s3"), new Stub("packages_list")),
            new ToolPolicy());
    Map<String, String> arguments =
        Map.of("bucket", "team", "prefix", "data/", "package_name", "team/plates");
    assertThat(
            PromptBench.catalog(PromptBench.lab(), tools)
                .get(PROMPT, Callers.LOCAL, arguments, "r", Input.NONE))
        .asString()
        .contains(
            "Call package_create_from_s3 with {\"source_bucket\":\"team\",\"source_prefix\":\"data/\",\"package_name\":\"team/plates\",\"target_registry\":\"s3://team\",\"dry_run\":true}")
        .contains("1. See how its neighbours are named")
        .doesNotContain("bucket_objects_list")
        .doesNotContain("quilt3");
  }

  @Test
  void writesAScriptWhereThereIsNoTool() {
    ToolCatalog tools = new ToolCatalog(List.of(new Stub("packages_list")), new ToolPolicy());
    Map<String, String> arguments =
        Map.of(
            "bucket",
            "team",
            "prefix",
            "data/",
            "package_name",
            "team/plates",
            "registry",
            "other");
    assertThat(
            PromptBench.catalog(PromptBench.lab(), tools)
                .get(PROMPT, Callers.LOCAL, arguments, "r", Input.NONE))
        .asString()
        .contains("package.set(\"LOGICAL_KEY\", \"s3://team/KEY\")")
        .contains("package.push(\"team/plates\", registry=\"s3://other\"")
        .doesNotContain("package_create");
  }

  @Test
  void refusesAPrefixWithNothingBelowIt() {
    assertThat(
            bench.refusal(
                Callers.LOCAL, PROMPT, "bucket", "team", "prefix", "no/", "package_name", "a/b"))
        .hasMessage("No object of s3://team has a key that begins with 'no/'");
  }

  @Test
  void checksBothBuckets() {
    for (String granted : List.of("team", "other")) {
      assertThat(
              bench
                  .refusal(
                      Callers.bearer(granted),
                      PROMPT,
                      "bucket",
                      "team",
                      "prefix",
                      "data/",
                      "package_name",
                      "a/b",
                      "registry",
                      "other")
                  .code())
          .isEqualTo(FaultCode.FORBIDDEN_BUCKET);
    }
    assertThat(bench.storageCalls()).isEmpty();
  }
}
