package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `list_metadata_templates`.
final class ListMetadataTemplatesTool implements Tool {
  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "list_metadata_templates",
        "List metadata templates",
        """
        List the templates for package metadata: what each is for, its members with their meanings, \
        and an example. Get one to fill in with get_metadata_template.\
        """,
        MetadataTools.GROUP,
        List.of(),
        result(
            member(
                "available_templates",
                map("Name to {description, fields[], meanings{field: text}, example{}}")),
            member("count", integer("How many there are")),
            member("usage_examples", array("How to go on", string("A step")))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of("show_metadata_examples", "fix_metadata_validation_issues"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectNode fields = ToolResult.fields();
    fields.set("available_templates", TemplateWriter.all());
    fields.put("count", MetadataTemplate.values().length);
    fields
        .putArray("usage_examples")
        .add(
            "get_metadata_template with template_name=genomics and custom_fields={\"organism\": \"Homo sapiens\"}")
        .add("validate_metadata_structure with the metadata and template_name before it is pushed")
        .add(
            "package_create_from_s3 with metadata_template=ml and members of your own as metadata");
    return new ToolResult.Success(fields);
  }
}
