package com.quiltdata.mcp.quilt.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetadataTemplateTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void hasTheNamesOfEarlierVersions() {
    assertThat(MetadataTemplate.names())
        .containsExactly("standard", "genomics", "ml", "research", "analytics");
    assertThat(MetadataTemplate.find("ml")).contains(MetadataTemplate.ML);
    assertThat(MetadataTemplate.find("ML")).isEmpty();
  }

  @Test
  void fillsInWhatItKnows() {
    assertThat(MetadataTemplate.GENOMICS.fill(Optional.of("Liver"), NOW))
        .hasToString(
            """
            {"description":"Liver","created_by":"quilt-mcp-server",\
            "creation_date":"2026-01-02","package_type":"genomics",\
            "data_type":"genomics","organism":"unknown","genome_build":"unknown",\
            "sequencing_platform":"unknown","analysis_type":"unknown","version":"1.0.0"}\
            """);
    assertThat(MetadataTemplate.STANDARD.fill(Optional.empty(), NOW).get("description").asString())
        .isEqualTo("Standard data package");
  }

  @ParameterizedTest
  @EnumSource
  void givesANewObjectEachTime(MetadataTemplate template) {
    var first = template.fill(Optional.empty(), NOW);
    first.withArray("metrics_included").add("x");
    first.put("version", "9");
    assertThat(template.fill(Optional.empty(), NOW)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void fitsItself(MetadataTemplate template) {
    assertThat(MetadataCheck.problems(template.fill(Optional.empty(), NOW), Optional.of(template)))
        .allMatch(problem -> problem.problem().equals("It still says unknown."));
  }
}
