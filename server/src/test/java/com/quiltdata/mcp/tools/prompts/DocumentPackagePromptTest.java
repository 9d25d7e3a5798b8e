package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.packages.TestPackages;
import com.quiltdata.mcp.tools.prompts.PromptBench.Said;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class DocumentPackagePromptTest {
  private static final String PROMPT = "document_package";

  @Test
  void showsTheHeadOfThePackage() {
    Said said =
        new PromptBench(PromptBench.lab())
            .get(Callers.bearer("team"), PROMPT, "registry", "team", "package_name", "team/cells");
    JsonNode data = said.data();
    assertThat(data.path("registry").asString()).isEqualTo("s3://team");
    assertThat(data.path("message").asString()).isEqualTo("Second plate");
    assertThat(data.path("metadata").path("assay").asString()).isEqualTo("viability");
    assertThat(data.path("revisions")).hasSize(2);
    assertThat(data.path("revisions").get(0).path("tags").toString()).isEqualTo("[\"latest\"]");
    assertThat(data.path("entries").toString())
        .isEqualTo(
            "[{\"logical_key\":\"raw/a.csv\",\"size\":1},{\"logical_key\":\"raw/b.csv\",\"size\":1}]");
    assertThat(data.has("more_entries")).isFalse();
    assertThat(said.task())
        .containsSubsequence("package_browse with {", "bucket_object_text", "README.md")
        .contains("bucket_objects_put under the key readmes/team/cells/", "with package_update");
  }

  @Test
  void worksForPackagesOfTheOfficialClient() {
    PromptBench bench = new PromptBench(QuiltFixtures.store());
    QuiltFixtures.packages()
        .filter(one -> one.get("registry").stringValue().equals("local"))
        .map(one -> one.get("name").stringValue())
        .forEach(name -> {
          Said said = bench.local(PROMPT, "registry", "local", "package_name", name);
          assertThat(said.data().path("top_hash").asString()).hasSize(64);
          assertThat(said.dataText()).doesNotContain("file:");
        });
  }

  @Test
  void leavesOutWhatIsTooLargeAndSaysSo() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    ObjectNode header = TestPackages.header().put("message", "m".repeat(5_000));
    header.putObject("user_meta").put("large", "x".repeat(20_000));
    packages.push(
        "a/large",
        header,
        IntStream.range(0, 1_000).mapToObj(i -> TestPackages.entry("%04d".formatted(i))).toList());
    JsonNode data =
        new PromptBench(store).local(PROMPT, "registry", "team", "package_name", "a/large").data();
    assertThat(data.has("metadata")).isFalse();
    assertThat(data.path("metadata_left_out").asString()).isNotBlank();
    assertThat(data.path("message").asString()).endsWith("m…").hasSize(501);
    assertThat(data.path("entries")).hasSize(50);
    assertThat(data.path("more_entries").booleanValue()).isTrue();
  }

  @Test
  void speaksOfADamagedPackageAllTheSame() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    String hash = packages.push("a/broken", TestPackages.header(), List.of());
    store.add("team", ".quilt/packages/" + hash, "no manifest");
    PromptBench bench = new PromptBench(store);
    // The call that it asks for fails, as it should.
    assertThat(
            bench
                .catalog()
                .get(
                    PROMPT,
                    Callers.LOCAL,
                    Map.of("registry", "team", "package_name", "a/broken"),
                    "r",
                    Input.NONE))
        .asString()
        .contains("manifest_unreadable", "entries_unreadable");
  }

  @Test
  void refusesWhatDoesNotExist() {
    PromptBench bench = new PromptBench(PromptBench.lab());
    assertThat(bench.refusal(Callers.LOCAL, PROMPT, "registry", "team", "package_name", "no/such"))
        .hasMessage("Package no/such does not exist in registry s3://team");
    assertThat(bench.refusal(Callers.LOCAL, PROMPT, "registry", "team", "package_name", "x").code())
        .isEqualTo(FaultCode.INVALID_ARGUMENT);
  }
}
