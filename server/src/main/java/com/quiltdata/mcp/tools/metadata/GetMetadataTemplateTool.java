package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `get_metadata_template`.
final class GetMetadataTemplateTool implements Tool {
  private final InstantSource clock;

  GetMetadataTemplateTool(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "get_metadata_template",
        "Get a metadata template",
        """
        Make the metadata of a package from a template, with members of your own put over it. \
        What it cannot know says unknown and is listed in to_fill: ask the user, then give the values as \
        custom_fields. Use the result as metadata of package_create; check it with \
        validate_metadata_structure.\
        """,
        MetadataTools.GROUP,
        List.of(
            TemplateWriter.parameter("Which template; list_metadata_templates describes them")
                .or(MetadataTemplate.STANDARD.wire()),
            Parameter.text("description", "What the data is, in a sentence").or(""),
            Parameter.structure(
                "custom_fields",
                ValidateMetadataStructureTool.MAX_BYTES,
                "Members that replace those of the template or are added")),
        result(
            member("template_name", string("As asked")),
            member("metadata", map("For package_create and the like")),
            member("to_fill", array("Members that still say unknown", string("A member")))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of("create_metadata_from_template"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    MetadataTemplate template = TemplateWriter.find(arguments.text("template_name"));
    ObjectNode metadata = template.fill(arguments.textIfGiven("description"), clock.instant());
    arguments.structure("custom_fields").ifPresent(metadata::setAll);
    ObjectNode fields = ToolResult.fields().put("template_name", template.wire());
    fields.set("metadata", metadata);
    ArrayNode open = fields.putArray("to_fill");
    TemplateWriter.open(template, metadata).forEach(open::add);
    return new ToolResult.Success(fields);
  }
}
