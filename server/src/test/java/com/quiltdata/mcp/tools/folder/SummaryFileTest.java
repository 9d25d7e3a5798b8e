package com.quiltdata.mcp.tools.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SummaryFileTest {
  private static SortedMap<LogicalKey, SourceObject> files(String... keys) {
    SortedMap<LogicalKey, SourceObject> files = new TreeMap<>();
    for (String key : keys) {
      files.put(new LogicalKey(key), new SourceObject(key, 10));
    }
    return files;
  }

  @Test
  void showsTheReadmeThenChartsImagesNotebooksAndTables() {
    SummaryFile file =
        SummaryFile.of(
            files(
                "data/a.csv",
                "data/b.parquet",
                "data/viz_bar_x_y.json",
                "data/other.json",
                "docs/README.md",
                "img/1.png",
                "img/2.JPG",
                "img/3.svg",
                "n.ipynb",
                "x.bin"),
            true);
    assertThat(file.rows())
        .hasToString(
            """
            ["README.md",\
            "docs/README.md",\
            {"path":"data/viz_bar_x_y.json","title":"viz_bar_x_y.json","types":[{"name":"echarts"}],"expand":true},\
            [{"path":"img/1.png","title":"1.png"},{"path":"img/2.JPG","title":"2.JPG"}],\
            [{"path":"img/3.svg","title":"3.svg"}],\
            {"path":"n.ipynb","title":"n.ipynb","types":[{"name":"jupyter"}],"expand":true},\
            {"path":"data/a.csv","title":"a.csv","types":[{"name":"perspective"}],"expand":true},\
            {"path":"data/b.parquet","title":"b.parquet","types":[{"name":"perspective"}],"expand":true}]\
            """);
    assertThat(file.visualizations()).isEqualTo(7);
    assertThat(new StrictJson(JsonLimits.DEFAULT).read(file.text())).isEqualTo(file.rows());
    assertThat(file.text()).endsWith("]\n");
  }

  @Test
  void showsAFewOfEachKind() {
    SummaryFile file = SummaryFile.of(files("1.csv", "2.csv", "3.csv", "4.csv", "5.csv"), false);
    assertThat(file.rows()).hasSize(4);
  }

  @Test
  void isEmptyWhenNothingCanBeShown() {
    SortedMap<LogicalKey, SourceObject> files = files("a.bin");
    files.put(new LogicalKey("empty.csv"), new SourceObject("empty.csv", 0));
    assertThat(SummaryFile.of(files, false).isEmpty()).isTrue();
    assertThat(SummaryFile.of(files, true).rows()).hasToString("[\"README.md\"]");
  }

  @Test
  void showsAReadmeOfTheSource() {
    assertThat(SummaryFile.of(files("README.md", "a.bin"), false).rows().valueStream())
        .extracting(row -> row.asString(""))
        .isEqualTo(List.of("README.md"));
  }
}
