package com.quiltdata.mcp.quilt.template;

import static com.quiltdata.mcp.quilt.template.TemplateField.open;
import static com.quiltdata.mcp.quilt.template.TemplateField.text;

import com.quiltdata.mcp.json.StrictJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Metadata for packages of a kind. Names, members and initial values are public API.
public enum MetadataTemplate {
  /// For any data.
  STANDARD("Standard data package", "data"),
  /// For sequencing data and what is made of it.
  GENOMICS("Genomics data package", "genomics"),
  /// For training data and models.
  ML("Machine learning dataset", "ml_dataset"),
  /// For the data of a study.
  RESEARCH("Research data package", "research"),
  /// For reports and metrics.
  ANALYTICS("Business analytics data package", "analytics");

  static final String DESCRIPTION = "description";
  static final String CREATED_BY = "created_by";
  static final String CREATION_DATE = "creation_date";
  static final String PACKAGE_TYPE = "package_type";
  static final String VERSION = "version";

  private final String title;
  private final String packageType;

  MetadataTemplate(String title, String packageType) {
    this.title = title;
    this.packageType = packageType;
  }

  /// The names of all templates, in the order in which people read them.
  public static List<String> names() {
    return Stream.of(values()).map(MetadataTemplate::wire).toList();
  }

  /// The template of a name.
  ///
  /// @param name as [#wire] gives it
  /// @return the template, or empty when there is none
  public static Optional<MetadataTemplate> find(String name) {
    return Stream.of(values()).filter(template -> template.wire().equals(name)).findFirst();
  }

  /// Its name, for example `genomics`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it is for, in a few words.
  public String title() {
    return title;
  }

  /// Its members, in their order.
  public List<TemplateField> fields() {
    return Stream.of(
            List.of(
                text(DESCRIPTION, title, "What the data is, where it comes from, what it is for"),
                text(CREATED_BY, "quilt-mcp-server", "Who or what made the package"),
                new TemplateField(
                    CREATION_DATE,
                    TemplateField.Kind.DATE,
                    StrictJson.NODES.stringNode(TemplateField.UNKNOWN),
                    "When the package was made"),
                text(PACKAGE_TYPE, packageType, "Kind of the package")),
            ofDomain(),
            List.of(text(VERSION, "1.0.0", "Version of the data, in the words of its owner")))
        .flatMap(List::stream)
        .toList();
  }

  private List<TemplateField> ofDomain() {
    return switch (this) {
      case STANDARD -> List.of();
      case GENOMICS ->
          List.of(
              text("data_type", "genomics", "Kind of the data"),
              open("organism", "Species, for example Homo sapiens"),
              open("genome_build", "Reference genome, for example GRCh38"),
              open("sequencing_platform", "Instrument, for example Illumina NovaSeq 6000"),
              open("analysis_type", "For example rna-seq, wgs, chip-seq"));
      case ML ->
          List.of(
              text("data_type", "machine_learning", "Kind of the data"),
              text(
                  "dataset_stage", "processed", "For example raw, processed, training, validation"),
              new TemplateField(
                  "model_ready",
                  TemplateField.Kind.FLAG,
                  StrictJson.NODES.booleanNode(true),
                  "Whether a model can be trained on it as it is"),
              new TemplateField(
                  "features_count",
                  TemplateField.Kind.COUNT,
                  StrictJson.NODES.stringNode(TemplateField.UNKNOWN),
                  "Number of features"),
              open("target_variable", "What is predicted"));
      case RESEARCH ->
          List.of(
              text("data_type", "research", "Kind of the data"),
              open("study_type", "For example clinical_trial, observational, in_vitro"),
              open("research_domain", "For example oncology"),
              text(
                  "publication_status",
                  "unpublished",
                  "For example unpublished, submitted, published"));
      case ANALYTICS ->
          List.of(
              text("data_type", "business_analytics", "Kind of the data"),
              open("analysis_period", "For example 2026-Q1"),
              open("business_unit", "Who owns the numbers"),
              new TemplateField(
                  "metrics_included",
                  TemplateField.Kind.LIST,
                  StrictJson.NODES.arrayNode(),
                  "Names of the metrics"));
    };
  }

  /// The member of a name.
  ///
  /// @param name of a member
  /// @return the field, or empty when the template does not know it
  public Optional<TemplateField> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /// Metadata with the initial values. The date of creation is a day, so that a push that is
  /// repeated on the same day makes the same package.
  ///
  /// @param description of the package; empty for that of the template
  /// @param now the date of creation
  /// @return a new object
  public ObjectNode fill(Optional<String> description, Instant now) {
    ObjectNode metadata = StrictJson.NODES.objectNode();
    fields().forEach(field -> metadata.set(field.name(), field.initial()));
    description.ifPresent(text -> metadata.put(DESCRIPTION, text));
    return metadata.put(CREATION_DATE, LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
  }
}
