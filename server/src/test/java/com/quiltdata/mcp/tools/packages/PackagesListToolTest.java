package com.quiltdata.mcp.tools.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PackagesListToolTest {
  private static final String TOOL = "packages_list";
  private static final ToolBench BENCH = new ToolBench(QuiltFixtures.store());

  private static List<String> names(Answer answer) {
    return answer.get("packages").valueStream().map(p -> p.get("name").stringValue()).toList();
  }

  @Test
  void listsPackagesWithTheirRevisions() {
    Answer answer = BENCH.local(TOOL, "registry", "s3://fx-plain/").succeeds();
    assertThat(answer.names()).containsExactly("success", "registry", "packages", "count");
    assertThat(answer.text("registry")).isEqualTo("s3://fx-plain/");
    List<String> expected =
        QuiltFixtures.packages()
            .filter(p -> p.get("registry").stringValue().equals("fx-plain"))
            .map(p -> p.get("name").stringValue())
            .toList();
    assertThat(names(answer)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(answer.get("count").intValue()).isEqualTo(expected.size());
    JsonNode first = answer.get("packages").get(0);
    assertThat(first.propertyNames()).containsExactly("name", "top_hash", "modified", "revisions");
    assertThat(first.get("top_hash").stringValue()).hasSize(64);
    assertThat(Instant.parse(first.get("modified").stringValue())).isNotNull();
    assertThat(first.get("revisions").intValue()).isPositive();
  }

  @Test
  void goesOnWhereThePageEnded() {
    List<String> names = new ArrayList<>();
    Answer page = BENCH.local(TOOL, "registry", "local", "limit", 3);
    names.addAll(names(page));
    while (page.fields().has("next_cursor")) {
      page = BENCH.local(TOOL, "registry", "local", "limit", 3, "cursor", page.text("next_cursor"));
      names.addAll(names(page));
    }
    assertThat(names)
        .containsExactlyElementsOf(names(BENCH.local(TOOL, "registry", "local")))
        .hasSizeGreaterThan(6);
  }

  @Test
  void takesNoCursorOfAnotherQuestion() {
    String cursor = BENCH.local(TOOL, "registry", "local", "limit", 1).text("next_cursor");
    BENCH
        .local(TOOL, "registry", "fx-plain", "cursor", cursor)
        .fails(
            "invalid_argument",
            "Argument 'cursor' is not the next_cursor of an answer to the same question; leave it"
                + " out to begin again");
    assertThat(
            BENCH
                .local(TOOL, "registry", "local", "prefix", "demo/", "cursor", cursor)
                .text("code"))
        .isEqualTo("invalid_argument");
  }

  @Test
  void narrowsToAPrefix() {
    assertThat(names(BENCH.local(TOOL, "registry", "local", "prefix", "demo/e")))
        .containsExactly("demo/empty-meta", "demo/empty");
    assertThat(names(BENCH.local(TOOL, "registry", "local", "prefix", "dem")))
        .hasSizeGreaterThan(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "de%6do/",
        "/",
        "//",
        "..",
        "demo/../",
        "*",
        "日本",
        "\u202e",
        "a\\",
        "demo/tiny/"
      })
  void findsNothingUnderOddPrefixes(String prefix) {
    assertThat(names(BENCH.local(TOOL, "registry", "local", "prefix", prefix).succeeds()))
        .isEmpty();
  }

  @Test
  void listsAPackageWhoseLatestIsDamaged() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    packages.push("a/whole", TestPackages.header(), List.of());
    packages.point("a/broken", "latest", "no hash");
    Answer answer = new ToolBench(store).local(TOOL, "registry", "team").succeeds();
    assertThat(names(answer)).containsExactly("a/broken", "a/whole");
    assertThat(answer.get("packages").get(0).get("top_hash").isNull()).isTrue();
  }

  @Test
  void cutsAPageForWhichThereIsNoRoomAndGoesOnBehindIt() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    for (int i = 0; i < 1_000; i++) {
      packages.point("a/%04d%s".formatted(i, "n".repeat(960)), "latest", "0".repeat(64));
    }
    ToolBench bench = new ToolBench(store);
    Answer first = bench.local(TOOL, "registry", "team").succeeds();
    assertThat(first.get("truncated").booleanValue()).isTrue();
    Answer second =
        bench.local(TOOL, "registry", "team", "cursor", first.text("next_cursor")).succeeds();
    assertThat(names(second).getFirst())
        .startsWith("a/%04d".formatted(first.get("count").intValue()));
    assertThat(names(first).size() + names(second).size()).isEqualTo(1_000);
  }
}
