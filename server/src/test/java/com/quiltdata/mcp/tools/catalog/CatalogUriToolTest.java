package com.quiltdata.mcp.tools.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltUri;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CatalogUriToolTest {
  private static final String TOOL = "catalog_uri";

  private final ToolBench bench = ToolBench.empty();

  @Test
  void namesAFileOfARevision() {
    Answer answer =
        bench
            .local(
                TOOL,
                "registry",
                "s3://team",
                "package_name",
                "demo/tiny",
                "path",
                "a b&c/d#e",
                "top_hash",
                "abcdef12",
                "tag",
                "v1")
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "status",
            "quilt_plus_uri",
            "bucket",
            "package_name",
            "path",
            "top_hash",
            "tag",
            "catalog_host");
    assertThat(answer.text("quilt_plus_uri"))
        .startsWith("quilt+s3://team#package=demo/tiny@abcdef12&path=")
        .endsWith("&catalog=catalog.example.com");
    assertThat(QuiltUri.parse(answer.text("quilt_plus_uri")).path()).contains("a b&c/d#e");
    assertThat(answer.text("tag")).isEqualTo("v1");
  }

  @Test
  void namesTagsAndBuckets() {
    ToolBench noCatalog = new ToolBench(new InMemoryObjectStore(), Optional.empty());
    assertThat(
            noCatalog
                .local(TOOL, "registry", "team", "package_name", "demo/tiny", "tag", "v1")
                .text("quilt_plus_uri"))
        .isEqualTo("quilt+s3://team#package=demo/tiny:v1");
    assertThat(noCatalog.local(TOOL, "registry", "team").text("quilt_plus_uri"))
        .isEqualTo("quilt+s3://team");
    assertThat(bench.local(TOOL, "registry", "team", "path", "a b").text("quilt_plus_uri"))
        .isEqualTo("quilt+s3://team#path=a%20b&catalog=catalog.example.com");
  }

  @Test
  void refusesWhatWouldNotBeRead() {
    bench
        .local(TOOL, "registry", "team", "package_name", "demo/tiny", "top_hash", "a&path=x")
        .fails(
            "invalid_argument",
            "Argument 'top_hash' is 'a&path=x' but must look like up to 64 hexadecimal digits");
    bench
        .local(TOOL, "registry", "team", "package_name", "demo/tiny", "tag", "a&b")
        .fails("invalid_argument", "Invalid tag: 'a&b'");
    bench
        .local(TOOL, "registry", "team", "tag", "v1")
        .fails(
            "invalid_argument",
            "top_hash and tag name a revision of a package: give package_name too");
    assertThat(
            bench
                .local(TOOL, "registry", "team", "package_name", "demo/tiny", "path", "../x")
                .text("code"))
        .isEqualTo("invalid_logical_key");
  }
}
