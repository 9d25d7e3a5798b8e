package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `metadata://examples`.
final class ExamplesResource implements Resource {
  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("metadata://examples"),
        "Metadata Examples",
        "Metadata examples",
        "Metadata of made-up packages, one for each template.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode contents = StrictJson.NODES.objectNode();
    ArrayNode examples = contents.putArray("examples");
    for (MetadataTemplate template : MetadataTemplate.values()) {
      examples
          .addObject()
          .put("template_name", template.wire())
          .put("description", template.title())
          .set("metadata", Examples.of(template));
    }
    return new ResourceContents.Json(contents);
  }
}
