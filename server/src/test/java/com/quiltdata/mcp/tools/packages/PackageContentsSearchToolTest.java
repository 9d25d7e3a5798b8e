package com.quiltdata.mcp.tools.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PackageContentsSearchToolTest {
  private final ToolBench bench = new ToolBench(QuiltFixtures.store());

  private Answer search(String name, String query, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("package_name", name, "registry", "local", "query", query));
    arguments.addAll(List.of(more));
    return bench.local("package_contents_search", arguments.toArray());
  }

  private static List<String> keys(Answer answer) {
    return answer
        .get("matches")
        .valueStream()
        .map(match -> match.get("logical_key").stringValue())
        .toList();
  }

  @Test
  void findsWordsInPaths() {
    Answer answer = search("demo/tiny", "README").succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "package_name",
            "registry",
            "query",
            "top_hash",
            "total_entries",
            "total_matches",
            "total_size",
            "matches",
            "count");
    assertThat(keys(answer)).containsExactly("README.md");
    JsonNode match = answer.get("matches").get(0);
    assertThat(answer.get("total_size").longValue()).isEqualTo(match.get("size").longValue());
    assertThat(keys(search("demo/tiny", "readme"))).containsExactly("README.md");
    assertThat(keys(search("demo/tiny", "*.md"))).containsExactly("README.md");
    assertThat(keys(search("demo/tiny", "read* md"))).containsExactly("README.md");
  }

  @Test
  void saysThatNothingWasFound() {
    Answer answer = search("demo/tiny", "no-such-file").succeeds();
    assertThat(keys(answer)).isEmpty();
    assertThat(answer.get("total_matches").intValue()).isZero();
    assertThat(answer.get("total_entries").intValue()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void showsEveryMatchOnceAcrossPages(int limit) {
    Answer first = search("demo/large", "1", "limit", limit).succeeds();
    long total = first.get("total_matches").longValue();
    List<String> all = new ArrayList<>(keys(first));
    Answer page = first;
    int pages = 1;
    while (page.fields().has("next_cursor") && pages < 20) {
      page =
          search("demo/large", "1", "limit", limit, "cursor", page.text("next_cursor")).succeeds();
      assertThat(page.get("total_matches").longValue()).isEqualTo(total);
      all.addAll(keys(page));
      pages++;
    }
    assertThat(all).doesNotHaveDuplicates().hasSize((int) Math.min(total, 20L * limit));
    assertThat(total).isGreaterThan(100);
  }

  @Test
  void takesACursorForItsOwnQuestionOnly() {
    String cursor = search("demo/large", "1", "limit", 1).text("next_cursor");
    assertThat(search("demo/large", "2", "limit", 1, "cursor", cursor).text("error"))
        .startsWith("Argument 'cursor' is not the next_cursor");
  }

  @Test
  void looksIntoMetadataWhenAsked() {
    QuiltFixtures.revisions()
        .filter(revision -> revision.registry().equals("local"))
        .forEach(revision ->
            revision
                .json()
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("meta").path("user_meta").size() > 0)
                .findFirst()
                .ifPresent(entry -> {
                  String word =
                      entry.get("meta").get("user_meta").propertyNames().iterator().next();
                  Answer answer =
                      search(
                          revision.name().value(),
                          word,
                          "search_metadata",
                          true,
                          "top_hash",
                          revision.hash().value());
                  assertThat(keys(answer.succeeds()))
                      .contains(entry.get("logical_key").stringValue());
                }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "demo/none|x|not_found|Package demo/none does not exist in registry s3://local",
        "demo/tiny| |invalid_argument|Argument 'query' holds no word; package_browse lists all",
      })
  void saysWhatIsWrong(String name, String query, String code, String error) {
    search(name, query == null ? " " : query).fails(code, error);
  }

  @Test
  void givesForeignersNoLinks() {
    Answer answer =
        bench.call(
            Callers.bearer("local"),
            "package_contents_search",
            "package_name",
            "demo/tiny",
            "registry",
            "local",
            "query",
            "*");
    assertThat(answer.get("matches").valueStream())
        .isNotEmpty()
        .allMatch(match -> match.get("download_url").isNull());
  }
}
