package com.quiltdata.mcp.quilt.template;

import com.quiltdata.mcp.json.StrictJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Metadata of one kind of package: members that all kinds have, and those of the kind.
public enum MetadataTemplate {
  /// Any package.
  STANDARD("Any package", "data"),
  /// Sequences and what is derived from them.
  GENOMICS(
      "Sequences, variants, expression",
      "genomics",
      field("organism", "species, for example Homo sapiens"),
      field("genome_build", "reference, for example GRCh38"),
      field("assay", "for example RNA-seq or WGS"),
      field("sequencing_platform", "instrument, for example Illumina NovaSeq"),
      field("library_prep", "how the library was made"),
      field("analysis_pipeline", "program and version, for example nf-core/rnaseq 3.14"),
      field("sample_count", "how many samples")),
  /// Models and the data they are trained on.
  ML(
      "Models and the data they are trained on",
      "ml",
      field("model_type", "for example random forest, or none for data only"),
      field("framework", "for example PyTorch 2.5"),
      field("task", "for example classification"),
      field("training_data", "where it comes from"),
      field("target", "what is predicted"),
      field("metrics", "how good it is, for example {\"auc\": 0.93}")),
  /// A study.
  RESEARCH(
      "A study",
      "research",
      field("study", "its name or number"),
      field("principal_investigator", "who is responsible"),
      field("institution", "where"),
      field("protocol", "how data was taken, or a link to that"),
      field("funding", "by whom"),
      field("license", "under which others may use it, for example CC-BY-4.0")),
  /// Figures for decisions.
  ANALYTICS(
      "Figures for decisions",
      "analytics",
      field("business_question", "what is to be answered"),
      field("data_source", "where it comes from"),
      field("analysis_period", "from when to when"),
      field("update_frequency", "for example weekly"),
      field("metrics", "what is counted"));

  /// What stands where nobody has filled in anything.
  public static final String PLACEHOLDER = "unknown";

  private static final List<TemplateField> COMMON =
      List.of(
          field("description", "what the package holds, in a sentence"),
          field("created_by", "person or program"),
          field("creation_date", "as 2026-01-31"),
          field("package_type", "kind of package"),
          field("version", "of the data, for example 1.0.0"));

  private final String description;
  private final String packageType;

  // List.of makes one that never changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<TemplateField> own;

  MetadataTemplate(String description, String packageType, TemplateField... own) {
    this.description = description;
    this.packageType = packageType;
    this.own = List.of(own);
  }

  private static TemplateField field(String name, String meaning) {
    return new TemplateField(name, meaning);
  }

  /// Finds a template.
  ///
  /// @param name as [#wire] gives it
  /// @return the template, or empty when there is none of that name
  public static Optional<MetadataTemplate> of(String name) {
    return Arrays.stream(values()).filter(template -> template.wire().equals(name)).findAny();
  }

  /// The names of all templates.
  public static String[] names() {
    return Arrays.stream(values()).map(MetadataTemplate::wire).toArray(String[]::new);
  }

  /// The name on the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it is for.
  public String description() {
    return description;
  }

  /// Its members, those of all templates first.
  public List<TemplateField> fields() {
    return Stream.concat(COMMON.stream(), own.stream()).toList();
  }

  /// Metadata to fill in.
  ///
  /// @param text describes the package; empty for the placeholder
  /// @param today the date of creation
  /// @param custom members that are put over those of the template
  /// @return a new object
  public ObjectNode fill(String text, LocalDate today, ObjectNode custom) {
    ObjectNode metadata = StrictJson.NODES.objectNode();
    fields().forEach(field -> metadata.put(field.name(), PLACEHOLDER));
    if (!text.isEmpty()) {
      metadata.put("description", text);
    }
    metadata
        .put("creation_date", today.toString())
        .put("package_type", packageType)
        .put("version", "1.0.0");
    custom.forEachEntry((name, value) -> metadata.set(name, value));
    return metadata;
  }

  /// The members that metadata lacks, or that still hold the placeholder or nothing.
  ///
  /// @param metadata of a package
  /// @return in the order of the template
  public List<TemplateField> missing(ObjectNode metadata) {
    List<TemplateField> missing = new ArrayList<>();
    for (TemplateField field : fields()) {
      JsonNode value = metadata.path(field.name());
      boolean isEmpty =
          value.isMissingNode()
              || value.isNull()
              || (value.isString() && value.stringValue().isBlank())
              || (value.isContainer() && value.isEmpty());
      if (isEmpty || isPlaceholder(value)) {
        missing.add(field);
      }
    }
    return missing;
  }

  private static boolean isPlaceholder(JsonNode value) {
    return value.isString() && value.stringValue().equalsIgnoreCase(PLACEHOLDER);
  }
}
