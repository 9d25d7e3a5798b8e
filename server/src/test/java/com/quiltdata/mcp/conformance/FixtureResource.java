package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.resource.ResourceSpec.Address;
import com.quiltdata.mcp.resource.UriTemplate;
import java.util.List;
import java.util.function.Function;

/// A resource of the conformance suite: a definition and a function.
///
/// @param spec what clients are told
/// @param contents what it holds
record FixtureResource(ResourceSpec spec, Function<ResourceCall, ResourceContents> contents)
    implements Resource {

  static List<Resource> all() {
    return List.of(
        of(
            new Address.Fixed("test://static-text"),
            "static-text",
            "text/plain",
            _ -> new ResourceContents.Text("This is the content of the static text resource.")),
        of(
            new Address.Fixed("test://static-binary"),
            "static-binary",
            "image/png",
            _ -> new ResourceContents.Blob(FixtureTools.PNG)),
        of(
            new Address.Fixed("test://watched-resource"),
            "watched-resource",
            "text/plain",
            _ -> new ResourceContents.Text("Nothing happens here.")),
        of(
            new Address.Templated(new UriTemplate("test://template/{id}/data")),
            "template",
            "application/json",
            FixtureResource::fillTemplate));
  }

  private static ResourceContents fillTemplate(ResourceCall call) {
    String id = call.variables().getOrDefault("id", "");
    return new ResourceContents.Json(
        StrictJson.NODES
            .objectNode()
            .put("id", id)
            .put("templateTest", true)
            .put("data", "Data for ID: " + id));
  }

  private static FixtureResource of(
      Address address,
      String name,
      String mimeType,
      Function<ResourceCall, ResourceContents> contents) {
    return new FixtureResource(
        new ResourceSpec(
            address,
            name,
            name,
            "The conformance suite reads it by its URI.",
            mimeType,
            ToolNeeds.nothing()),
        contents);
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    return contents.apply(call);
  }
}
