package com.quiltdata.mcp.tools.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogUrlToolTest {
  private static final String TOOL = "catalog_url";

  private final ToolBench bench = ToolBench.empty();

  @Test
  void namesAPackage() {
    Answer answer =
        bench
            .local(
                TOOL, "registry", "s3://team", "package_name", "demo/tiny", "path", "a b/é+%#?.csv")
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "status",
            "catalog_url",
            "view_type",
            "bucket",
            "package_name",
            "path",
            "catalog_host");
    assertThat(answer.text("catalog_url"))
        .isEqualTo(
            "https://catalog.example.com/b/team/packages/demo/tiny/tree/latest/a%20b/%C3%A9%2B%25%23%3F.csv");
    assertThat(answer.text("status")).isEqualTo("success");
    assertThat(answer.text("view_type")).isEqualTo("package");
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void namesABucket() {
    Answer answer =
        bench
            .local(TOOL, "registry", "team", "path", "a/b", "catalog_host", "https://other.test/")
            .succeeds();
    assertThat(answer.text("catalog_url")).isEqualTo("https://other.test/b/team/tree/a/b");
    assertThat(answer.text("view_type")).isEqualTo("bucket");
    assertThat(answer.get("package_name").isNull()).isTrue();
    assertThat(bench.local(TOOL, "registry", "team").text("catalog_url"))
        .isEqualTo("https://catalog.example.com/b/team");
  }

  @Test
  void needsAHost() {
    new ToolBench(new InMemoryObjectStore(), Optional.empty())
        .local(TOOL, "registry", "team")
        .fails(
            "invalid_argument",
            "Could not determine catalog host. Please provide catalog_host parameter or ensure"
                + " Quilt is configured.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.com/x", "user@evil.com", "a b", "http://x", "//x", "\u202e", "x#y"})
  void refusesWhatIsNoHost(String host) {
    assertThat(bench.local(TOOL, "registry", "team", "catalog_host", host).text("code"))
        .isEqualTo("invalid_argument");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", "./a"})
  void refusesPathsThatNoUrlCanName(String path) {
    bench
        .local(TOOL, "registry", "team", "path", path)
        .fails("invalid_argument", "Argument 'path' has a part . or .., which no URL can name");
  }
}
