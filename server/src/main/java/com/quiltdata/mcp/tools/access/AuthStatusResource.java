package com.quiltdata.mcp.tools.access;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `auth://status`: the verified caller of this very request.
final class AuthStatusResource implements Resource {
  private final Optional<URI> catalog;
  private final AwsRights.Lookup rights;

  AuthStatusResource(Optional<URI> catalog, AwsRights.Lookup rights) {
    this.catalog = catalog;
    this.rights = rights;
  }

  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("auth://status"),
        "Auth Status",
        "Authentication status",
        "Who the caller is and what the token allows: subject, level, roles, buckets, permissions, expiry, and with whose AWS rights calls are made.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode status =
        StrictJson.NODES
            .objectNode()
            .put(
                "status",
                call.caller() instanceof Caller.Anonymous ? "not_authenticated" : "authenticated")
            .put("catalog_url", catalog.map(URI::toString).orElse(null))
            .put("catalog_name", catalog.map(URI::getHost).orElse(null))
            .putNull("registry_bucket")
            .put("search_available", false);
    ArrayNode actions = StrictJson.NODES.arrayNode();
    CallerWriter.describe(call.caller(), status.putObject("user_info"));
    status.set("aws", rights.of(call.caller()).toJson());
    actions.add(advice(call.caller()));
    status.set("suggested_actions", actions);
    status
        .putArray("next_steps")
        .add("bucket_list shows the buckets, packages_list the packages of one")
        .add("whoami says of any call whether it would be refused, and by which rule")
        .add("every tool takes its bucket or registry as an argument: there is no default one");
    return new ResourceContents.Json(status);
  }

  private static String advice(Caller caller) {
    return switch (caller) {
      case Caller.Anonymous _ -> "Send a token of the catalog as Authorization: Bearer.";
      case Caller.Bearer bearer
          when bearer.buckets().names().isEmpty() && !bearer.buckets().isEverything() ->
          "This token covers no bucket: ask the catalog's administrator for a role with buckets.";
      case Caller.Bearer _, Caller.Local _ -> "List the buckets with bucket_list.";
    };
  }
}
