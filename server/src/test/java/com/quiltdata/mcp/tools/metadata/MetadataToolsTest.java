package com.quiltdata.mcp.tools.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.quilt.template.MetadataCheck;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
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
    JsonNode templates = answer.get("available_templates");
    assertThat(templates.propertyNames())
        .containsExactly("standard", "genomics", "ml", "research", "analytics");
    assertThat(templates.at("/ml/fields").valueStream().map(JsonNode::stringValue))
        .contains("description", "target_variable");
    assertThat(templates.at("/ml/meanings/target_variable").stringValue())
        .isEqualTo("What is predicted (a text)");
    assertThat(answer.get("count").intValue()).isEqualTo(5);
  }

  /// Who copies an example should not be told that it is wrong.
  @ParameterizedTest
  @EnumSource
  void givesExamplesThatAreFine(MetadataTemplate template) {
    assertThat(MetadataCheck.problems(Examples.of(template), Optional.of(template))).isEmpty();
    assertThat(Examples.of(template).propertyNames())
        .containsExactlyElementsOf(template.fields().stream().map(field -> field.name()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_metadata_template", "create_metadata_from_template"})
  void makesMetadataWithOwnFields(String tool) {
    Answer answer =
        bench
            .local(
                tool,
                "template_name",
                "genomics",
                "description",
                "Liver",
                "custom_fields",
                ToolBench.json("{'organism': 'mouse', 'n': 1.0}"))
            .succeeds();
    assertThat(answer.get("metadata").get("description").stringValue()).isEqualTo("Liver");
    assertThat(answer.get("metadata").get("organism").stringValue()).isEqualTo("mouse");
    assertThat(answer.get("metadata").get("n").toString()).isEqualTo("1.0");
    assertThat(answer.get("metadata").get("creation_date").stringValue()).isEqualTo("2026-01-02");
    assertThat(texts(answer, "to_fill"))
        .containsExactly("genome_build", "sequencing_platform", "analysis_type");
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

  @Test
  void findsNothingWrongWithGoodMetadata() {
    Answer answer =
        bench
            .local(
                "validate_metadata_structure",
                "metadata",
                Examples.of(MetadataTemplate.GENOMICS),
                "template_name",
                "genomics")
            .succeeds();
    assertThat(answer.get("valid").booleanValue()).isTrue();
    assertThat(answer.get("issues")).isEmpty();
    assertThat(answer.get("proposal")).isEqualTo(Examples.of(MetadataTemplate.GENOMICS));
  }

  @Test
  void namesProblemsWithASuggestionForEach() {
    Answer answer =
        bench
            .local(
                "validate_metadata_structure",
                "metadata",
                ToolBench.json(
                    "{'description': 'Readings of the cold room', 'version': 2, 'secret_key': 'x'}"),
                "template_name",
                "standard")
            .succeeds();
    assertThat(answer.get("valid").booleanValue()).isFalse();
    assertThat(answer.get("issues").valueStream())
        .allSatisfy(issue -> assertThat(issue.get("suggestion").stringValue()).isNotBlank())
        .extracting(issue -> issue.get("severity").stringValue())
        .containsExactly("error", "error", "warning", "warning", "warning");
    assertThat(texts(answer, "suggestions"))
        .contains("'created_by': Add it: Who or what made the package.");
    assertThat(texts(answer, "recommended_additions")).containsExactly("created_by");
    assertThat(answer.get("field_count").intValue()).isEqualTo(3);
    assertThat(answer.get("proposal").get("created_by").stringValue())
        .isEqualTo("quilt-mcp-server");
    assertThat(answer.get("proposal").get("version").intValue()).isEqualTo(2);
  }

  @Test
  void proposesNothingWithoutATemplate() {
    Answer answer =
        bench.local("validate_metadata_structure", "metadata", ToolBench.json("{}")).succeeds();
    assertThat(answer.names()).doesNotContain("proposal");
    assertThat(answer.get("valid").booleanValue()).isTrue();
    assertThat(texts(answer, "recommended_additions"))
        .containsExactly("description", "created_by", "version");
  }

  @Test
  void namesMetadataThatIsTooLarge() {
    bench
        .local(
            "validate_metadata_structure",
            "metadata",
            ToolBench.arguments("description", "x".repeat(900_001)))
        .fails("invalid_argument", "Argument 'metadata' is longer than 900000 bytes");
  }

  @Test
  void readsTheSameAsResources() {
    assertThat(MetadataTools.resources().stream().map(one -> one.spec().address().text()).toList())
        .containsExactly(
            "metadata://templates", "metadata://examples", "metadata://troubleshooting");
    for (Resource resource : MetadataTools.resources()) {
      String uri = resource.spec().address().text();
      assertThat(
              resource.read(
                  new ResourceCall(Grant.least(Callers.LOCAL), uri, Map.of(), Input.NONE)))
          .asInstanceOf(InstanceOfAssertFactories.type(ResourceContents.Json.class))
          .satisfies(json -> assertThat(json.value()).isNotEmpty());
    }
  }

  private static List<String> texts(Answer answer, String list) {
    return answer.get(list).valueStream().map(JsonNode::stringValue).toList();
  }
}
