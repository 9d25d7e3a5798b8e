package com.quiltdata.mcp.tools.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FolderRulesTest {
  @ParameterizedTest
  @CsvSource({
    "a.csv, data/processed",
    "a.TSV, data/processed",
    "a.parquet, data/processed",
    "deep/er/a.json, data/processed",
    "a.xml, data/processed",
    "a.jsonl, data/processed",
    "a.log, data/raw",
    "a.txt, data/raw",
    "a.raw, data/raw",
    "a.md, docs",
    "a.rst, docs",
    "a.pdf, docs",
    "a.docx, docs",
    "a.schema, docs/schemas",
    "a.yml, metadata",
    "a.yaml, metadata",
    "a.toml, metadata",
    "a.ini, metadata",
    "a.conf, metadata",
    "a.png, data/media",
    "a.jpg, data/media",
    "a.JPEG, data/media",
    "a.mp4, data/media",
    "a.avi, data/media",
    "a.bam, data/misc",
    "a, data/misc",
    ".csv, data/misc",
    "a., data/misc",
    "a.csv.gz, data/misc",
    "日本.csv, data/processed"
  })
  void goesByTheExtension(String path, String folder) {
    assertThat(FolderRules.folder(path)).isEqualTo(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "README.csv, docs",
    "documentation/a.png, docs",
    "a/schema.json, docs/schemas",
    "definitions/a.csv, docs/schemas",
    "config.json, metadata",
    "Settings/x.bin, metadata",
    "readme-schema-config.txt, docs",
    "schema-of-the-config.csv, docs/schemas"
  })
  void goesByWordsFirst(String path, String folder) {
    assertThat(FolderRules.folder(path)).isEqualTo(folder);
  }
}
