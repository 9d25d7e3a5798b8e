package com.quiltdata.mcp.tools.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FolderPlanTest {
  @ParameterizedTest
  @CsvSource({
    "a.csv, data/processed",
    "x/a.TSV, data/processed",
    "a.parquet, data/processed",
    "a.json, data/processed",
    "readme.xml, data/processed",
    "a.jsonl, data/processed",
    "a.log, data/raw",
    "a.txt, data/raw",
    "a.raw, data/raw",
    "a.md, docs",
    "a.pdf, docs",
    "a.schema, docs/schemas",
    "a.yml, metadata",
    "a.ini, metadata",
    "a.png, data/media",
    "a.mp4, data/media",
    "README, docs",
    "documentation/x.bin, docs",
    "schema/x, docs/schemas",
    "x.definition, docs/schemas",
    "settings, metadata",
    "app-config.bin, metadata",
    "a.bin, data/misc",
    "a, data/misc",
    ".csv, data/misc",
  })
  void choosesAFolder(String path, String folder) {
    assertThat(FolderPlan.folder(path)).isEqualTo(folder);
  }
}
