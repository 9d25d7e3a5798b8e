package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import tools.jackson.databind.node.ObjectNode;

/// `metadata://templates`.
final class TemplatesResource implements Resource {
  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("metadata://templates"),
        "Metadata Templates",
        "Metadata templates",
        "The templates for package metadata, as list_metadata_templates tells them.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode contents = StrictJson.NODES.objectNode();
    contents.set("available_templates", TemplateWriter.all());
    return new ResourceContents.Json(contents);
  }
}
