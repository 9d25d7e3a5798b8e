package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `get_metadata_template`.
final class GetMetadataTemplateTool implements Tool {
  private static final int MAX_BYTES = 256 << 10;

  private final InstantSource clock;

  GetMetadataTemplateTool(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "get_metadata_template",
        "Make metadata from a template",
        """
        Make package metadata from a template, with own fields put over it, to be filled in and \
        given as metadata to package_create. What nobody filled in says unknown. \
        list_metadata_templates tells what the fields mean.\
        """,
        MetadataTools.GROUP,
        List.of(
            Parameter.text("template_name", "Which template")
                .oneOf(MetadataTemplate.names())
                .or(MetadataTemplate.STANDARD.wire()),
            Parameter.text("description", "What the package holds").or(""),
            Parameter.structure(
                "custom_fields", MAX_BYTES, "Members that are put over those of the template")),
        result(
            member("template_name", string("As asked")),
            member("metadata", map("The metadata")),
            member(
                "to_fill_in",
                array(
                    "Members that say unknown",
                    object(
                        "A member",
                        member("name", string("In the metadata")),
                        member("meaning", string("What to write")))))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of("create_metadata_from_template"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    MetadataTemplate template = MetadataTemplate.of(arguments.text("template_name")).orElseThrow();
    ObjectNode metadata =
        template.fill(
            arguments.text("description"),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            arguments.structure("custom_fields").orElseGet(StrictJson.NODES::objectNode));
    ObjectNode fields = ToolResult.fields().put("template_name", template.wire());
    fields.set("metadata", metadata);
    fields.set("to_fill_in", TemplateList.fields(template.missing(metadata)));
    return new ToolResult.Success(fields);
  }
}
