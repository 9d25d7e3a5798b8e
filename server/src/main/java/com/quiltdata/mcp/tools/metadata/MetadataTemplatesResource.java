package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `metadata://templates`.
final class MetadataTemplatesResource implements Resource {
  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("metadata://templates"),
        "Metadata Templates",
        "Metadata templates",
        "Templates for the metadata of packages and what their fields mean.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ArrayNode templates = TemplateList.json();
    ObjectNode content = StrictJson.NODES.objectNode().put("count", templates.size());
    content.set("templates", templates);
    return new ResourceContents.Json(content);
  }
}
