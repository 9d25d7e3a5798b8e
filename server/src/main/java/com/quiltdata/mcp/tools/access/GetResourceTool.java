package com.quiltdata.mcp.tools.access;

import static com.quiltdata.mcp.tool.JsonSchema.any;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `get_resource`.
final class GetResourceTool implements Tool {
  private static final String DISCOVERY = "discovery://resources";

  private final ResourceCatalog resources;
  private final InstantSource clock;

  GetResourceTool(ResourceCatalog resources, InstantSource clock) {
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "get_resource",
        "Read a resource",
        """
        Read a resource of this server by its URI, for clients without support for resources. \
        Without uri it lists the resources that there are.\
        """,
        AccessTools.GROUP,
        List.of(
            Parameter.text("uri", "For example auth://status; left out for a list").upTo(2_048)),
        result(
            member("uri", string("What was read")),
            member("resource_name", string("Its name")),
            member("data", any("What it holds")),
            member("timestamp", string("When it was read, ISO 8601")),
            member("mime_type", string("Of the contents"))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Optional<String> uri =
        call.arguments().textIfGiven("uri").filter(text -> !text.equals(DISCOVERY));
    if (uri.isEmpty()) {
      return success(DISCOVERY, "Available Resources", "application/json", list(call.caller()));
    }
    return resources
        .read(uri.get(), call.caller(), call.input())
        .map(read -> told(uri.get(), read.spec(), read.contents()))
        .orElseGet(() -> unknown(uri.get(), call.caller()));
  }

  private ToolResult told(String uri, ResourceSpec spec, ResourceContents contents) {
    return switch (contents) {
      case ResourceContents.Asks(InputRequired input) -> new ToolResult.Asks(input);
      case ResourceContents.Text(String text) ->
          success(uri, spec.name(), spec.mimeType(), StrictJson.NODES.stringNode(text));
      case ResourceContents.Json(JsonNode value) ->
          success(uri, spec.name(), spec.mimeType(), value);
      case ResourceContents.Blob(String base64) ->
          success(uri, spec.name(), spec.mimeType(), StrictJson.NODES.stringNode(base64));
    };
  }

  private ToolResult success(String uri, String name, String mimeType, JsonNode data) {
    ObjectNode fields = ToolResult.fields().put("uri", uri).put("resource_name", name);
    fields.set("data", data);
    return new ToolResult.Success(
        fields.put("timestamp", clock.instant().toString()).put("mime_type", mimeType));
  }

  private ObjectNode list(Caller caller) {
    ObjectNode data = StrictJson.NODES.objectNode();
    ArrayNode list = data.putArray("resources");
    for (ResourceSpec spec : resources.fixedFor(caller)) {
      list.addObject().put("uri", uri(spec)).put("description", spec.description());
    }
    return data.put("count", list.size());
  }

  private ToolResult unknown(String uri, Caller caller) {
    ObjectNode details = StrictJson.NODES.objectNode();
    details.put("cause", "There is no resource of this URI");
    ArrayNode valid = details.putArray("valid_uris");
    resources.fixedFor(caller).forEach(spec -> valid.add(uri(spec)));
    details.putArray("possible_fixes").add("Use one of valid_uris, or leave uri out for a list");
    return new ToolResult.Failure(
        FaultCode.NOT_FOUND, "Resource not found: " + Quoted.visible(uri), details);
  }

  private static String uri(ResourceSpec spec) {
    return switch (spec.address()) {
      case ResourceSpec.Address.Fixed fixed -> fixed.uri();
      case ResourceSpec.Address.Templated templated -> templated.template().text();
    };
  }
}
