package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Tells clients where tokens for this server come from, RFC 9728. Needs no token.
public final class ResourceMetadataRoute implements Route {
  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "max-age=300");

  private final byte[] document;

  private ResourceMetadataRoute(ProtectedResource resource) {
    ObjectNode members =
        StrictJson.NODES.objectNode().put("resource", resource.address().toString());
    members.putArray("authorization_servers").add(resource.issuer());
    members.putArray("bearer_methods_supported").add("header");
    // The least that is of use: a call that needs more says so.
    resource.scopes().upTo(Level.READ).forEach(members.putArray("scopes_supported")::add);
    members.put("resource_name", resource.name());
    this.document = new StrictJson(JsonLimits.DEFAULT).write(members);
  }

  /// The document under all its paths.
  ///
  /// @param resource what it tells of
  /// @return routes by path
  public static Map<String, Route> routes(ProtectedResource resource) {
    Route route = new ResourceMetadataRoute(resource);
    Map<String, Route> routes = new LinkedHashMap<>();
    resource.metadataPaths().forEach(path -> routes.put(path, route));
    return routes;
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET", "HEAD");
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.answer(200, "application/json", document, HEADERS);
  }
}
