package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.auth.Authenticator;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.Logging;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.protocol.Catalogs;
import com.quiltdata.mcp.protocol.Continuity;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.protocol.McpEndpoint;
import com.quiltdata.mcp.protocol.ServerIdentity;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HealthRoutes;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpServer;
import com.quiltdata.mcp.transport.http.LoggedRequests;
import com.quiltdata.mcp.transport.http.McpRoute;
import com.quiltdata.mcp.transport.http.Readiness;
import com.quiltdata.mcp.transport.http.Route;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// The server under test of the public MCP conformance suite: the product's protocol and transport
/// with the suite's fixtures instead of Quilt's tools. Serves everybody on this machine, in test
/// builds only.
final class ConformanceServer {
  private ConformanceServer() {}

  /// Serves until the process is ended.
  ///
  /// @param args `--port N`, 0 for any free port; the address is told on standard error
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2 || !args[0].equals("--port")) {
      throw new IllegalArgumentException("usage: conformance-server --port N");
    }
    Logging.install(
        System.err, Logging.Format.TEXT, Logging.Threshold.INFO, "conformance-server", "test");
    HttpServer server = server(Integer.parseInt(args[1]));
    server.start();
    System.err.println("Listening on http://127.0.0.1:" + server.port() + "/mcp");
    new CountDownLatch(1).await();
  }

  private static HttpServer server(int port) {
    HttpConfig config =
        HttpConfig.defaults().withAddress("127.0.0.1", port).withDrain(DrainTimers.immediate());
    ToolPolicy policy = new ToolPolicy(Map.of());
    Continuity continuity = Continuity.alone();
    ToolCatalog tools = new ToolCatalog(FixtureTools.all(continuity.changes()), policy);
    ResourceCatalog resources = new ResourceCatalog(FixtureResource.all(), policy);
    McpEndpoint endpoint =
        new McpEndpoint(
            new StrictJson(JsonLimits.DEFAULT),
            new Catalogs(tools, resources, new PromptCatalog(FixturePrompt.all(), policy)),
            new ServerIdentity(
                "conformance-server",
                "Conformance",
                "test",
                "test",
                "Fixtures of the conformance suite",
                "For the conformance suite only."),
            true,
            EndpointLimits.defaults().withStreams(200, 200),
            TaskLimits.defaults(),
            continuity);
    Route route =
        new McpRoute(
            endpoint, Authenticator.local(), config.limits().bodyBytes(), new ResultRoom(96 << 20));
    Readiness readiness = new Readiness();
    readiness.markReady();
    HealthRoutes health =
        new HealthRoutes(
            new com.quiltdata.mcp.transport.http.HealthIdentity(
                "conformance-server", "test", "test", "http"),
            readiness,
            tools::size,
            List.of(),
            Clock.systemUTC());
    Map<String, Route> routes = new LinkedHashMap<>(health.routes());
    routes.put("/mcp", route);
    routes.put("/mcp/", route);
    return new HttpServer(config, readiness, routes, new LoggedRequests());
  }
}
