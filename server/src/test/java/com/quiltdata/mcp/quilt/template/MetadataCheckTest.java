package com.quiltdata.mcp.quilt.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataProblem.Gravity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class MetadataCheckTest {
  private static final String GOOD =
      "'description': 'Readings of the cold room', 'created_by': 'Jo', 'version': '1'";

  private static ObjectNode json(String text) {
    return (ObjectNode) new StrictJson(JsonLimits.DEFAULT).read(text.replace('\'', '"'));
  }

  private static List<String> found(String members, MetadataTemplate... template) {
    return MetadataCheck.problems(
            json("{" + GOOD + members + "}"), List.of(template).stream().findFirst())
        .stream()
        .map(problem -> problem.gravity() + " " + problem.field() + ": " + problem.problem())
        .toList();
  }

  @Test
  void hasNothingToSayAboutGoodMetadata() {
    assertThat(found("")).isEmpty();
    assertThat(found(", 'anything': {'else': [1, true]}")).isEmpty();
  }

  @Test
  void missesWhatEveryPackageShouldHave() {
    ObjectNode metadata = json("{'version': null, 'description': 'short'}");
    assertThat(MetadataCheck.missing(metadata)).containsExactly("created_by", "version");
    assertThat(MetadataCheck.problems(metadata, Optional.empty()))
        .extracting(MetadataProblem::field)
        .containsExactly("version", "created_by", "version", "description");
  }

  @Test
  void putsErrorsFirst() {
    assertThat(MetadataCheck.problems(json("{' a': 1}"), Optional.empty()))
        .extracting(MetadataProblem::gravity)
        .containsExactly(Gravity.ERROR, Gravity.WARNING, Gravity.WARNING, Gravity.WARNING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ", ' a': 1; ERROR  a: A name is empty, or has blanks at an end.",
        ", '': 1; ERROR : A name is empty, or has blanks at an end.",
        ", 'Version': 1; WARNING Version: It differs from 'version' by case only.",
        ", 'README': 'x'; WARNING README: A README in the metadata is shown nowhere.",
        ", 'db_password': 'x'; ERROR db_password: It looks like a secret, and everybody who can read the package reads it.",
        ", 'x': null; WARNING x: It is null.",
        ", 'x': ' Unknown'; WARNING x: It still says unknown.",
        ", 'x': [[[[[[1]]]]]]; WARNING : Objects are nested more than 5 levels deep."
      })
  void seesWhatIsOdd(String members, String problem) {
    assertThat(found(members)).containsExactly(problem);
  }

  @Test
  void seesLongTexts() {
    assertThat(found(", 'x': '%s'".formatted("y".repeat(5_001)))).hasSize(1);
    assertThat(found(", 'x': '%s'".formatted("y".repeat(5_000)))).isEmpty();
    assertThat(found(", 'x': '%s'".formatted("y".repeat(900_000)))).hasSize(2);
  }

  @Test
  void missesMembersOfTheTemplate() {
    assertThat(found("", MetadataTemplate.STANDARD))
        .containsExactly(
            "WARNING creation_date: The template standard has it, and the metadata has not.",
            "WARNING package_type: The template standard has it, and the metadata has not.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'model_ready': 'yes'",
        "'features_count': 'many'",
        "'features_count': -1",
        "'target_variable': 5",
        "'target_variable': ''",
        "'creation_date': 'yesterday'",
        "'creation_date': '2026-02-31'",
        "'creation_date': 20260131"
      })
  void refusesValuesOfAnotherKind(String member) {
    assertThat(found(", " + member, MetadataTemplate.ML))
        .first()
        .asString()
        .startsWith("ERROR ")
        .contains("The template ml wants ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'model_ready': false",
        "'features_count': 12",
        "'features_count': 'unknown'",
        "'creation_date': '2026-01-31'",
        "'creation_date': '2026-01-31T12:00:00Z'",
        "'creation_date': '2025-08-01T12:00:00.123456'",
        "'package_type': 'ml_dataset'"
      })
  void takesValuesOfTheKind(String member) {
    assertThat(found(", " + member, MetadataTemplate.ML)).noneMatch(one -> one.startsWith("ERROR"));
  }

  @Test
  void wondersAboutAnotherType() {
    assertThat(found(", 'package_type': 'genomics'", MetadataTemplate.ML))
        .contains("WARNING package_type: Packages of the template ml have \"ml_dataset\" here.");
  }

  @Test
  void tellsAHundredProblemsAtMost() {
    ObjectNode metadata = json("{}");
    for (int i = 0; i < 500; i++) {
      metadata.putNull("n" + i);
    }
    assertThat(MetadataCheck.problems(metadata, Optional.empty()))
        .hasSize(MetadataCheck.MAX_PROBLEMS);
  }
}
