package com.quiltdata.mcp.tools.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PackageDiffToolTest {
  private static final String TOOL = "package_diff";
  private static final ToolBench BENCH = new ToolBench(QuiltFixtures.store());

  private static Answer diff(String name, String from, String to) {
    return BENCH.local(
        TOOL,
        "registry",
        "local",
        "package1_name",
        name,
        "package2_name",
        name,
        "package1_hash",
        from,
        "package2_hash",
        to);
  }

  @Test
  void tellsWhatChanged() {
    JsonNode expected =
        QuiltFixtures.packages()
            .filter(p -> p.get("name").stringValue().equals("demo/revisions"))
            .findFirst()
            .orElseThrow()
            .get("revisions");
    String from = expected.get(0).get("top_hash").stringValue();
    String to = expected.get(1).get("top_hash").stringValue();
    Answer answer = diff("demo/revisions", from, to).succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "package1",
            "package2",
            "package1_hash",
            "package2_hash",
            "package1_top_hash",
            "package2_top_hash",
            "registry",
            "counts",
            "diff",
            "truncated");
    assertThat(answer.text("package1_hash")).isEqualTo(from);
    JsonNode lists = answer.get("diff");
    assertThat(lists.propertyNames()).containsExactly("added", "deleted", "modified");
    assertThat(
            lists.get("added").size() + lists.get("deleted").size() + lists.get("modified").size())
        .isPositive();
    for (String kind : lists.propertyNames()) {
      assertThat(answer.get("counts").get(kind).intValue()).isEqualTo(lists.get(kind).size());
    }
    JsonNode back = diff("demo/revisions", to, from).get("diff");
    assertThat(back.get("added")).isEqualTo(lists.get("deleted"));
    assertThat(back.get("modified")).isEqualTo(lists.get("modified"));
  }

  @Test
  void comparesTheLatestWhenNothingIsSaid() {
    Answer answer =
        BENCH
            .local(
                TOOL,
                "registry",
                "local",
                "package1_name",
                "demo/tiny",
                "package2_name",
                "demo/empty")
            .succeeds();
    assertThat(answer.text("package1_hash")).isEqualTo("latest");
    assertThat(answer.text("package1_top_hash")).startsWith("4513d71d");
    assertThat(answer.get("diff").get("deleted")).hasSize(3);
    assertThat(answer.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void cutsLongListsAndSaysSo() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    packages.push(
        "a/from",
        TestPackages.header(),
        IntStream.range(0, 1_500)
            .mapToObj(i -> TestPackages.entry("%04d%s".formatted(i, "k".repeat(900))))
            .toList());
    packages.push("a/to", TestPackages.header(), List.of());
    Answer answer =
        new ToolBench(store)
            .local(TOOL, "registry", "team", "package1_name", "a/from", "package2_name", "a/to")
            .succeeds();
    assertThat(answer.get("truncated").booleanValue()).isTrue();
    assertThat(answer.get("counts").get("deleted").intValue()).isEqualTo(1_500);
    assertThat(answer.get("diff").get("deleted").size()).isBetween(300, 400);
    assertThat(answer.text("hint")).contains("package_browse");
  }

  @Test
  void saysWhatIsMissing() {
    diff("demo/none", "", "")
        .fails("not_found", "Package demo/none does not exist in registry s3://local");
    diff("demo/tiny", "", "abcdef").fails("not_found", "Found zero matches for 'abcdef'");
    BENCH
        .local(TOOL, "registry", "local", "package1_name", "demo/tiny")
        .fails(
            "invalid_argument",
            "Package2_name parameter is required for package_diff. Specify the package (e.g.,"
                + " package2_name='team/data')");
  }
}
