package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `list_metadata_templates`.
final class ListMetadataTemplatesTool implements Tool {
  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "list_metadata_templates",
        "List metadata templates",
        """
        List the templates for package metadata and what the fields of each mean. \
        get_metadata_template makes metadata to fill in; validate_metadata_structure checks what \
        was filled in.\
        """,
        MetadataTools.GROUP,
        List.of(),
        result(
            member(
                "templates",
                array(
                    "All templates",
                    object(
                        "A template",
                        member("name", string("For get_metadata_template")),
                        member("description", string("What it is for")),
                        member(
                            "fields",
                            array(
                                "Its members",
                                object(
                                    "A member",
                                    member("name", string("In the metadata")),
                                    member("meaning", string("What to write")))))))),
            member("count", integer("How many there are"))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of("show_metadata_examples", "fix_metadata_validation_issues"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    ArrayNode templates = TemplateList.json();
    ObjectNode fields = ToolResult.fields();
    fields.set("templates", templates);
    return new ToolResult.Success(fields.put("count", templates.size()));
  }
}
