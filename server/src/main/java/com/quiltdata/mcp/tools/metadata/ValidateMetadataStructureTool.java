package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.quilt.template.TemplateField;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `validate_metadata_structure`.
final class ValidateMetadataStructureTool implements Tool {
  private static final int MAX_BYTES = 1 << 20;

  /// A line of a manifest holds no more, and other members stand beside the metadata.
  private static final int MAX_USEFUL_BYTES = 900_000;

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "validate_metadata_structure",
        "Check metadata",
        """
        Check package metadata before a push: fields of a template that are missing or still say \
        unknown, dates that are none, and metadata that is too large for a package. \
        A registry may demand more by its workflows, which package_create checks; with dry_run it \
        only tells.\
        """,
        MetadataTools.GROUP,
        List.of(
            Parameter.structure("metadata", MAX_BYTES, "Metadata of a package, an object")
                .required(),
            Parameter.text("template_name", "The template it was made from")
                .oneOf(MetadataTemplate.names())
                .or(MetadataTemplate.STANDARD.wire())),
        result(
            member("valid", bool("Whether nothing was found")),
            member("template_name", string("As asked")),
            member(
                "findings",
                array(
                    "What was found",
                    object(
                        "A finding",
                        member("field", string("Member of the metadata; empty for all of it")),
                        member("kind", string("missing, bad_date or too_large")),
                        member("problem", string("What is wrong and what to write")))))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectNode metadata = call.arguments().structure("metadata").orElseThrow();
    MetadataTemplate template =
        MetadataTemplate.of(call.arguments().text("template_name")).orElseThrow();
    ObjectNode fields = ToolResult.fields();
    fields.putNull("valid").put("template_name", template.wire());
    ArrayNode findings = fields.putArray("findings");
    for (TemplateField field : template.missing(metadata)) {
      finding(findings, field.name(), "missing", "Write " + field.meaning());
    }
    JsonNode date = metadata.path("creation_date");
    if (date.isString() && !isDate(date.stringValue())) {
      finding(findings, "creation_date", "bad_date", "Write a date that is one, as 2026-01-31");
    }
    if (VisibleJson.bytes(metadata) > MAX_USEFUL_BYTES) {
      finding(
          findings,
          "",
          "too_large",
          "Metadata of a package has at most about %d bytes; put the rest into a file of it"
              .formatted(MAX_USEFUL_BYTES));
    }
    return new ToolResult.Success(fields.put("valid", findings.isEmpty()));
  }

  private static void finding(ArrayNode findings, String field, String kind, String problem) {
    findings.addObject().put("field", field).put("kind", kind).put("problem", problem);
  }

  /// Times may stand behind the date.
  private static boolean isDate(String text) {
    try {
      return text.length() >= 10 && LocalDate.parse(text.substring(0, 10)) != null;
    } catch (DateTimeException _) {
      // What is missing is told already.
      return text.isBlank() || text.equalsIgnoreCase(MetadataTemplate.PLACEHOLDER);
    }
  }
}
