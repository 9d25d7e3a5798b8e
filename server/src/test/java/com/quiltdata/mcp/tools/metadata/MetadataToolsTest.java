package com.quiltdata.mcp.tools.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class MetadataToolsTest {
  private final ToolBench bench = ToolBench.empty();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list_metadata_templates",
        "show_metadata_examples",
        "fix_metadata_validation_issues"
      })
  void listsTemplates(String tool) {
    Answer answer = bench.local(tool).succeeds();
    assertThat(answer.get("templates").valueStream().map(one -> one.get("name").stringValue()))
        .containsExactly("standard", "genomics", "ml", "research", "analytics");
    assertThat(answer.get("count").intValue()).isEqualTo(5);
  }

  @Test
  void makesMetadataWithOwnFields() {
    Answer answer =
        bench
            .local(
                "create_metadata_from_template",
                "template_name",
                "genomics",
                "description",
                "Liver",
                "custom_fields",
                ToolBench.json("{'organism': 'mouse', 'n': 1.0}"))
            .succeeds();
    assertThat(answer.get("metadata"))
        .hasToString(
            """
            {"description":"Liver","created_by":"unknown","creation_date":"2026-01-02",\
            "package_type":"genomics","version":"1.0.0","organism":"mouse",\
            "genome_build":"unknown","assay":"unknown","sequencing_platform":"unknown",\
            "library_prep":"unknown","analysis_pipeline":"unknown","sample_count":"unknown",\
            "n":1.0}\
            """);
    assertThat(names(answer, "to_fill_in", "name"))
        .contains("created_by")
        .doesNotContain("organism");
  }

  @Test
  void refusesTemplatesThatAreNone() {
    bench
        .local("get_metadata_template", "template_name", "x")
        .fails(
            "invalid_argument",
            "Argument 'template_name' must be one of standard, genomics, ml, research, analytics");
    bench
        .local("get_metadata_template", "custom_fields", "x")
        .fails("invalid_argument", "Argument 'custom_fields' must be an object");
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingInMetadataThatIsFilledIn(MetadataTemplate template) {
    var metadata = ToolBench.arguments();
    template.fields().forEach(field -> metadata.put(field.name(), "2026-01-31"));
    Answer answer = validate(metadata, template.wire());
    assertThat(answer.get("valid").booleanValue()).isTrue();
    assertThat(answer.get("findings")).isEmpty();
  }

  @Test
  void namesWhatIsMissingOrIsNoDate() {
    Answer answer =
        validate(
            ToolBench.json(
                "{'description': ' ', 'created_by': 'me', 'creation_date': '2026-02-31', 'package_type': null, 'version': 'Unknown'}"),
            "standard");
    assertThat(answer.get("valid").booleanValue()).isFalse();
    assertThat(names(answer, "findings", "field"))
        .containsExactly("description", "package_type", "version", "creation_date");
    assertThat(names(answer, "findings", "kind")).containsOnly("missing", "bad_date");
  }

  @Test
  void namesMetadataThatIsTooLarge() {
    var metadata = ToolBench.arguments("description", "x".repeat(950_000));
    assertThat(names(validate(metadata, "standard"), "findings", "kind")).contains("too_large");
  }

  private Answer validate(JsonNode metadata, String template) {
    return bench
        .local("validate_metadata_structure", "metadata", metadata, "template_name", template)
        .succeeds();
  }

  private static List<String> names(Answer answer, String list, String member) {
    return answer.get(list).valueStream().map(one -> one.get(member).stringValue()).toList();
  }
}
