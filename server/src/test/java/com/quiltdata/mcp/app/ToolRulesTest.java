package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.quiltdata.mcp.GoldenFile;
import com.quiltdata.mcp.auth.StorageArguments;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ParameterKind;
import com.quiltdata.mcp.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/// What holds for all tools, those to come included.
final class ToolRulesTest {
  static final List<ToolSpec> SPECS = OfferedTools.specs();

  private static final Set<String> GROUPS =
      Set.of("access", "authoring", "buckets", "catalog", "metadata", "packages");
  private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Set<String> COMBINERS =
      Set.of("anyOf", "oneOf", "allOf", "not", "if", "then", "else", "$ref", "$dynamicRef");
  private static final Pattern NAMES_STORAGE =
      Pattern.compile("bucket|registry|registries|s3|uri|url|location|arn|catalog$");
  // Names that look like storage and are none: tool, parameter and why.
  private static final Set<String> NO_STORAGE =
      Set.of(
          // A flag.
          "bucket_objects_list.include_signed_urls",
          "package_browse.include_signed_urls",
          "package_contents_search.include_signed_urls",
          // A resource of this server; ResourceCatalog checks the rights.
          "get_resource.uri");

  @Test
  void thereAreTools() {
    assertThat(SPECS)
        .extracting(ToolSpec::name)
        .contains("bucket_list", "package_browse", "catalog_url", "get_resource")
        .isSorted();
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void introducesItself(ToolSpec spec) {
    assertThat(spec.name()).matches(SNAKE).hasSizeLessThanOrEqualTo(64);
    assertThat(spec.title()).isNotBlank().hasSizeLessThanOrEqualTo(60);
    assertThat(spec.description()).isNotBlank().endsWith(".").hasSizeLessThanOrEqualTo(1_000);
    assertThat(GROUPS).contains(spec.group());
    assertThat(spec.aliases()).allMatch(alias -> SNAKE.matcher(alias).matches());
    for (Parameter parameter : spec.parameters()) {
      assertThat(parameter.name()).matches(SNAKE).hasSizeLessThanOrEqualTo(64);
      assertThat(parameter.description()).isNotBlank();
    }
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void givesItsHints(ToolSpec spec) {
    JsonNode annotations = spec.toJson().get("annotations");
    assertThat(annotations.propertyNames())
        .containsExactly(
            "title", "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
    assertThat(spec.hints().isReadOnly() && spec.hints().isDestructive()).isFalse();
    if (spec.hints().isDestructive()) {
      assertThat(spec.parameters())
          .as("destructive tools need an explicit confirmation")
          .extracting(Parameter::name)
          .containsAnyOf("dry_run", "confirm");
    }
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void hasPortableSchemas(ToolSpec spec) {
    JsonNode input = spec.inputSchema();
    assertThat(input.get("type").stringValue()).isEqualTo("object");
    assertThat(input.get("additionalProperties").booleanValue()).isFalse();
    JsonNode output = spec.output().orElseThrow();
    assertThat(output.get("type").stringValue()).isEqualTo("object");
    assertThat(output.get("required").valueStream().map(JsonNode::stringValue))
        .containsExactly("success");
    for (JsonNode schema : List.of(input, output)) {
      assertThat(names(schema)).doesNotContainAnyElementsOf(COMBINERS);
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()))
                  .validate(schema))
          .isEmpty();
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>(node.propertyNames());
    node.forEach(child -> names.addAll(names(child)));
    return names;
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void declaresTheRightsOfItsRow(ToolSpec spec) {
    ToolPolicy policy = new ToolPolicy();
    assertThat(policy.needs(spec.name())).contains(spec.needs());
    for (String alias : spec.aliases()) {
      policy.needs(alias).ifPresent(needs -> assertThat(needs).isEqualTo(spec.needs()));
    }
  }

  /// MCP 2026-07-28, transports: a wrong annotation makes clients drop the tool.
  @ParameterizedTest
  @FieldSource("SPECS")
  void r27NamesHeadersByTheRules(ToolSpec spec) {
    List<Parameter> inHeaders =
        spec.parameters().stream().filter(parameter -> parameter.header().isPresent()).toList();
    assertThat(inHeaders)
        .allSatisfy(parameter -> {
          assertThat(parameter.header().orElseThrow()).matches(TOKEN);
          switch (parameter.kind()) {
            case ParameterKind.Text _, ParameterKind.Whole _, ParameterKind.Flag _ -> {}
            case ParameterKind.Texts _, ParameterKind.Structure _, ParameterKind.Structures _ ->
                throw new AssertionError("neither a list nor an object can be a header");
          }
        });
    assertThat(
            inHeaders.stream()
                .map(parameter -> parameter.header().orElseThrow().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
    JsonNode schema = spec.inputSchema();
    assertThat(names(schema).stream().filter("x-mcp-header"::equals)).hasSize(inHeaders.size());
    assertThat(
            schema.get("properties").valueStream().filter(one -> one.has("x-mcp-header")).count())
        .isEqualTo(inHeaders.size());
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void namesStorageInArgumentsThatAreChecked(ToolSpec spec) {
    for (Parameter parameter : spec.parameters()) {
      Stream.concat(Stream.of(parameter.name()), parameter.aliases().stream())
          .filter(name -> NAMES_STORAGE.matcher(name).find())
          .filter(name -> !NO_STORAGE.contains(spec.name() + "." + parameter.name()))
          .forEach(name -> assertThat(StorageArguments.names()).contains(name));
      if (parameter.kind() instanceof ParameterKind.Structures structures) {
        assertThat(structures.members())
            .as("nobody looks for buckets inside of items")
            .extracting(Parameter::name)
            .noneMatch(name -> NAMES_STORAGE.matcher(name).find());
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void matchesLongTextsFast(ToolSpec spec) {
    for (Parameter parameter : spec.parameters()) {
      if (parameter.kind() instanceof ParameterKind.Text text && text.shape().isPresent()) {
        Pattern pattern = text.shape().get().pattern();
        for (String long1 :
            List.of("a".repeat(50_000), "a".repeat(50_000) + "!", "/".repeat(50_000))) {
          assertTimeout(Duration.ofMillis(100), () -> pattern.matcher(long1).matches());
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void namesItsOwnArgumentsInRules(ToolSpec spec) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : spec.parameters()) {
      names.add(parameter.name());
      if (parameter.kind() instanceof ParameterKind.Structures structures) {
        structures.members().forEach(member -> names.add(member.name()));
      }
    }
    for (ArgumentRule rule : spec.rules()) {
      List<String> named =
          QUOTED.matcher(rule.inWords()).results().map(found -> found.group(1)).toList();
      assertThat(names).as(rule.inWords()).containsAll(named);
      assertThat(named).isNotEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void hidesNothing(ToolSpec spec) {
    String text = new StrictJson(JsonLimits.DEFAULT).text(spec.toJson());
    assertThat(VisibleJson.of(text)).isEqualTo(text);
    assertThat(text.chars()).as("printable ASCII").allMatch(c -> c >= ' ' && c <= '~');
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void isPublishedAsReviewed(ToolSpec spec) {
    GoldenFile.ofResource("tools/%s.json".formatted(spec.name()))
        .matches(spec.toJson().toPrettyString().replace("\r\n", "\n") + "\n");
  }

  @Test
  void leavesNoGoldenFileBehind() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/tools"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              SPECS.stream().map(spec -> spec.name() + ".json").toList());
    }
  }

  @Test
  void areDescribedInTheDocuments() {
    GoldenFile.ofProject("docs/tools.md").matches(ToolsPage.of(SPECS));
  }
}
