package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.packages.TestPackages;
import com.quiltdata.mcp.tools.prompts.PromptBench.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompareRevisionsPromptTest {
  private static final String PROMPT = "compare_revisions";

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final List<String> hashes = new ArrayList<>();
  private final PromptBench bench = new PromptBench(store);

  CompareRevisionsPromptTest() {
    TestPackages packages = new TestPackages(store);
    for (String message : List.of("one", "two", "three")) {
      hashes.add(
          packages.push(
              "a/b",
              TestPackages.header().put("message", message),
              List.of(TestPackages.entry(message))));
    }
    hashes.add(packages.push("a/alone", TestPackages.header(), List.of()));
  }

  private Said compare(String... arguments) {
    List<String> all = new ArrayList<>(List.of("registry", "team", "package_name", "a/b"));
    all.addAll(List.of(arguments));
    return bench.local(PROMPT, all.toArray(String[]::new));
  }

  private void assertCompares(Said said, int from, int to) {
    assertThat(said.data().path("from_top_hash").asString()).isEqualTo(hashes.get(from));
    assertThat(said.data().path("to_top_hash").asString()).isEqualTo(hashes.get(to));
    assertThat(said.task())
        .contains(
            "\"package1_hash\":\"%s\",\"package2_hash\":\"%s\""
                .formatted(hashes.get(from), hashes.get(to)));
  }

  @Test
  void comparesTheLatestWithTheOneBeforeIt() {
    Said said = compare();
    assertCompares(said, 1, 2);
    assertThat(said.data().path("from_message").asString()).isEqualTo("two");
    assertThat(said.data().path("to_message").asString()).isEqualTo("three");
    assertThat(said.data().path("revisions")).hasSize(3);
  }

  @Test
  void comparesWhatIsNamed() {
    assertCompares(compare("from", hashes.get(0)), 0, 2);
    assertCompares(compare("to", hashes.get(1)), 0, 1);
    assertCompares(compare("from", "latest", "to", hashes.get(0)), 2, 0);
  }

  @Test
  void saysWhatIsMissing() {
    Fault fault =
        bench.refusal(Callers.LOCAL, PROMPT, "registry", "team", "package_name", "a/alone");
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_ARGUMENT);
    assertThat(fault.text()).contains("No revision of a/alone was pushed before", "give 'from'");
    assertThat(
            bench
                .refusal(
                    Callers.LOCAL,
                    PROMPT,
                    "registry",
                    "team",
                    "package_name",
                    "a/b",
                    "to",
                    "no-tag")
                .text())
        .isEqualTo("Package a/b in registry s3://team has no tag 'no-tag'");
    assertThat(
            bench
                .refusal(
                    Callers.LOCAL,
                    PROMPT,
                    "registry",
                    "team",
                    "package_name",
                    "a/b",
                    "to",
                    "f".repeat(64))
                .code())
        .isEqualTo(FaultCode.NOT_FOUND);
  }
}
