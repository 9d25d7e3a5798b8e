package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.admission.Admission;
import com.quiltdata.mcp.auth.Authenticator;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.Logging;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.protocol.Catalogs;
import com.quiltdata.mcp.protocol.CheckedEndpoint;
import com.quiltdata.mcp.protocol.Continuity;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.protocol.McpEndpoint;
import com.quiltdata.mcp.protocol.ServerIdentity;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.PeerName;
import com.quiltdata.mcp.replica.PeerReplicas;
import com.quiltdata.mcp.replica.PeerTimers;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.replica.SealingKeys;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.schema.SentMessagesReport;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HealthIdentity;
import com.quiltdata.mcp.transport.http.HealthRoutes;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpServer;
import com.quiltdata.mcp.transport.http.LoggedRequests;
import com.quiltdata.mcp.transport.http.McpRoute;
import com.quiltdata.mcp.transport.http.PeerRoute;
import com.quiltdata.mcp.transport.http.Readiness;
import com.quiltdata.mcp.transport.http.Route;
import com.quiltdata.mcp.transport.stdio.StdioTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The server under test of the public MCP conformance suite and of foreign clients: the product's
/// protocol and transport with the suite's fixtures instead of Quilt's tools. Serves everybody on
/// this machine, in test builds only.
///
/// Replicas find each other on the port that clients use, and share a secret that stands here.
@Command(name = "conformance-server")
final class ConformanceServer implements Runnable {
  private static final String SECRET =
      UsedSecrets.note("the replicas of the conformance server share this text");
  private static final int MAX_MESSAGE = 12 << 20;
  private static final int MANY = 1_000;

  @Option(names = "--port", description = "Where to listen, 0 for any free port.")
  private int port;

  @Option(names = "--peer", description = "HOST:PORT of a replica to join.")
  private List<String> peers = List.of();

  @Option(names = "--stdio", description = "Serve one client over standard input and output.")
  private boolean isStdio;

  /// Serves until the process is ended, or until its client leaves.
  ///
  /// @param args `--port N`; the address is told on standard error
  public static void main(String[] args) {
    Logging.install(
        System.err, Logging.Format.TEXT, Logging.Threshold.INFO, "conformance-server", "test");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> SentMessagesReport.tell(System.err), "sent-messages"));
    System.exit(new CommandLine(new ConformanceServer()).execute(args));
  }

  @Override
  public void run() {
    if (isStdio) {
      Replicas alone = new Alone(ReplicaId.random(new SecureRandom()), true);
      Fixtures fixtures = fixtures(alone);
      new StdioTransport(fixtures.endpoint(), System.in, System.out, MAX_MESSAGE, room()).serve();
      return;
    }
    PeerReplicas replicas =
        new PeerReplicas(
            ReplicaId.random(new SecureRandom()),
            peers.stream().map(PeerName::parse).toList(),
            port,
            SealingKeys.of(List.of(SECRET)),
            PeerTimers.defaults(),
            Clock.systemUTC());
    HttpServer server = server(fixtures(replicas), replicas);
    server.start();
    replicas.start(server.port());
    System.err.println("Listening on http://127.0.0.1:" + server.port() + "/mcp");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Fixtures(McpEndpoint endpoint, ToolCatalog tools) {}

  private static Fixtures fixtures(Replicas replicas) {
    Changes changes = new Changes(replicas);
    Continuity continuity =
        new Continuity(StateKeys.of(List.of(SECRET)), true, replicas, changes, Clock.systemUTC());
    ToolPolicy policy = new ToolPolicy(Map.of());
    ToolCatalog tools = new ToolCatalog(FixtureTools.all(changes), policy);
    McpEndpoint endpoint =
        new CheckedEndpoint(
            new StrictJson(JsonLimits.DEFAULT),
            new Catalogs(
                tools,
                new ResourceCatalog(FixtureResource.all(), policy),
                new PromptCatalog(FixturePrompt.all(), policy)),
            new ServerIdentity(
                "conformance-server",
                "Conformance",
                "test",
                "test",
                "Fixtures of the conformance suite",
                "For the conformance suite only."),
            true,
            EndpointLimits.defaults().withStreams(MANY, MANY),
            TaskLimits.defaults(),
            continuity);
    return new Fixtures(endpoint, tools);
  }

  private static ResultRoom room() {
    return new ResultRoom(96 << 20);
  }

  private HttpServer server(Fixtures fixtures, PeerReplicas replicas) {
    HttpConfig config =
        HttpConfig.defaults().withAddress("127.0.0.1", port).withDrain(DrainTimers.immediate());
    Route mcp =
        new McpRoute(
            fixtures.endpoint(),
            Authenticator.local(),
            Admission.free(),
            config.limits().bodyBytes(),
            room(),
            config.timers().comment());
    Readiness readiness = new Readiness();
    readiness.markReady();
    HealthRoutes health =
        new HealthRoutes(
            new HealthIdentity("conformance-server", "test", "test", "http"),
            readiness,
            fixtures.tools()::size,
            List.of(),
            Clock.systemUTC());
    Map<String, Route> routes = new LinkedHashMap<>(health.routes());
    routes.put("/mcp", mcp);
    routes.put("/mcp/", mcp);
    routes.put(PeerRoute.PATH, new PeerRoute(replicas));
    return new HttpServer(config, readiness, routes, new LoggedRequests());
  }
}
