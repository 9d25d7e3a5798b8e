package com.quiltdata.mcp.tools.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.GoldenFile;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  private static String readme(
      String name, String description, SourceFolder source, FolderPlan plan) {
    return new Readme(
            new PackageName(name),
            new BucketName("reg"),
            description,
            source,
            plan,
            FolderContents.of(plan.files()))
        .text();
  }

  @Test
  void saysWhatThereIs() {
    SourceFolder source = TestFolder.source("runs/2026/");
    FolderPlan plan =
        FolderPlan.of(
            List.of(
                new SourceObject("runs/2026/a.csv", 2_000_000),
                new SourceObject("runs/2026/b.csv", 512),
                new SourceObject("runs/2026/b.png", 1_024),
                new SourceObject("runs/2026/notes", 0),
                new SourceObject("runs/2026/old~", 1)),
            source,
            true);
    GoldenFile.ofResource("folder/readme.md")
        .matches(
            readme("team/run_1", "Plate reader, **second** run.\n\n# Not a heading", source, plan));
  }

  @Test
  void namesTheSourceWhenNobodyDescribesIt() {
    assertThat(readme("a/b", " ", TestFolder.source("x/"), TestFolder.kept("x/", "x/a")))
        .contains("\nFiles of `s3://team/x/`.\n")
        .contains("\n1 file, 3 B.\n")
        .contains("| top | 1 | 3 B |");
  }

  @Test
  void staysShort() {
    String[] keys =
        IntStream.range(0, 5_000).mapToObj("f%04d/a.csv"::formatted).toArray(String[]::new);
    assertThat(readme("a/b", "", TestFolder.source(""), TestFolder.kept("", keys)))
        .contains("And 4950 more.")
        .hasSizeLessThan(10_000);
  }

  /// Whatever a bucket holds: lines of the document are those of the template.
  @Test
  void takesNoStructureFromPrefixes() {
    String text =
        readme(
            "a/b", "", TestFolder.source("x`\n# evil\n|"), TestFolder.kept("x`\n# evil\n|", "y"));
    assertThat(text).doesNotContain("\n# evil").contains("``s3://team/x`\\u{a}# evil\\u{a}|``");
  }
}
