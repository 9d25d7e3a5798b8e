package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `metadata://troubleshooting`.
final class TroubleshootingResource implements Resource {
  private record Advice(String problem, String solution) {}

  private static final List<Advice> ADVICE =
      List.of(
          new Advice(
              "Argument 'metadata' must be an object",
              "Give an object such as {\"description\": \"My data\"}, not a text that holds JSON."),
          new Advice(
              "Metadata failed validation",
              "A workflow of the registry demands something: the text names the member. See .quilt/workflows/config.yml of the bucket."),
          new Advice(
              "A member says unknown",
              "It is a placeholder of a template: ask for the value, or leave the member out."),
          new Advice(
              "The README does not show",
              "A README is a file README.md of the package, never a member of the metadata."),
          new Advice(
              "The metadata is too long",
              "It stands in one line of the manifest, of at most 1,000,000 bytes: put large parts into files."));

  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("metadata://troubleshooting"),
        "Metadata Troubleshooting",
        "Metadata troubleshooting",
        "What goes wrong with package metadata, and the way out.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode contents = StrictJson.NODES.objectNode();
    ArrayNode list = contents.putArray("common_issues");
    ADVICE.forEach(advice ->
        list.addObject().put("problem", advice.problem()).put("solution", advice.solution()));
    contents.put("next_step", "validate_metadata_structure checks metadata before it is pushed");
    return new ResourceContents.Json(contents);
  }
}
