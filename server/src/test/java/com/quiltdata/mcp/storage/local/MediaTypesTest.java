package com.quiltdata.mcp.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "a.csv,text/csv",
    "a/b.TSV,text/tab-separated-values",
    "data.tar.gz,application/gzip",
    ".json,application/json",
    "csv,application/octet-stream",
    "a.csv/b,application/octet-stream",
    "a.,application/octet-stream",
    "a.unknown,application/octet-stream",
    "a.csv/,application/octet-stream",
  })
  void looksAtTheEndingOfTheLastPart(String key, String type) {
    assertThat(MediaTypes.ofKey(key)).isEqualTo(type);
  }
}
