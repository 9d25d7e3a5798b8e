package com.quiltdata.mcp.tools.catalog;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.tools.CatalogConfig;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/// `auth://catalog/info`.
final class CatalogInfoResource implements Resource {
  private final CatalogConfig config;

  CatalogInfoResource(CatalogConfig config) {
    this.config = config;
  }

  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("auth://catalog/info"),
        "Catalog Info",
        "Catalog information",
        "Which Quilt catalog and registry this server is configured for.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode info =
        StrictJson.NODES
            .objectNode()
            .put("catalog_name", config.catalog().map(URI::getHost).orElse(null))
            .put("navigator_url", config.catalog().map(URI::toString).orElse(null))
            .put("registry_url", config.registry().map(URI::toString).orElse(null))
            .put("is_authenticated", !(call.caller() instanceof Caller.Anonymous))
            .put("logged_in_url", config.catalog().map(URI::toString).orElse(null))
            .put("region", config.region())
            .putNull("tabulator_data_catalog")
            .put("detection_method", config.catalog().isPresent() ? "configuration" : "none")
            .put("deployment_mode", call.caller() instanceof Caller.Local ? "local" : "remote");
    info.putObject("search_backend_status")
        .put("status", "unavailable")
        .put("message", "This server has no search; list with packages_list and package_browse");
    return new ResourceContents.Json(info);
  }
}
