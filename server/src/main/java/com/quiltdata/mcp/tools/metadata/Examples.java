package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import tools.jackson.databind.node.ObjectNode;

/// Metadata as it could be, made up.
final class Examples {
  private Examples() {}

  /// An example for a template.
  ///
  /// @param template which
  /// @return a new object in which nothing is left open
  static ObjectNode of(MetadataTemplate template) {
    ObjectNode example = StrictJson.NODES.objectNode();
    return switch (template) {
      case STANDARD ->
          head(example, "Sensor readings of the cold room, one CSV file a month", "data")
              .put("version", "1.0.0");
      case GENOMICS ->
          head(example, "RNA-seq of 24 liver biopsies, reads and counts", "genomics")
              .put("data_type", "genomics")
              .put("organism", "Homo sapiens")
              .put("genome_build", "GRCh38")
              .put("sequencing_platform", "Illumina NovaSeq 6000")
              .put("analysis_type", "rna-seq")
              .put("version", "2.1.0");
      case ML ->
          head(example, "House prices of 2025, cleaned, split into training and test", "ml_dataset")
              .put("data_type", "machine_learning")
              .put("dataset_stage", "training")
              .put("model_ready", true)
              .put("features_count", 150)
              .put("target_variable", "price")
              .put("version", "1.3.0");
      case RESEARCH ->
          head(example, "Dose response of compound A in three cell lines", "research")
              .put("data_type", "research")
              .put("study_type", "in_vitro")
              .put("research_domain", "oncology")
              .put("publication_status", "submitted")
              .put("version", "1.0.0");
      case ANALYTICS -> {
        head(example, "Sales by region and week, first quarter of 2026", "analytics")
            .put("data_type", "business_analytics")
            .put("analysis_period", "2026-Q1")
            .put("business_unit", "EMEA");
        example.putArray("metrics_included").add("revenue").add("units");
        yield example.put("version", "1.0.0");
      }
    };
  }

  private static ObjectNode head(ObjectNode example, String description, String type) {
    return example
        .put("description", description)
        .put("created_by", "Jo Doe, data team")
        .put("creation_date", "2026-01-31")
        .put("package_type", type);
  }
}
