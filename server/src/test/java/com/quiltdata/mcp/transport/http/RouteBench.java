package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.admission.Admission;
import com.quiltdata.mcp.auth.Authenticator;
import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.IssuerKeys;
import com.quiltdata.mcp.auth.IssuerRules;
import com.quiltdata.mcp.auth.IssuerVerifier;
import com.quiltdata.mcp.auth.IssuingKey;
import com.quiltdata.mcp.auth.JwkSet;
import com.quiltdata.mcp.auth.KnownIssuers;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.auth.RememberingAuthenticator;
import com.quiltdata.mcp.auth.ScopeNames;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.auth.TokenMinter;
import com.quiltdata.mcp.auth.TokenRequest;
import com.quiltdata.mcp.auth.TokenRules;
import com.quiltdata.mcp.auth.TokenVerifier;
import com.quiltdata.mcp.concurrent.Reloaded;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.TestTools;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// A server with the MCP endpoint, its probes and a few tools, and short ways to ask it.
final class RouteBench implements AutoCloseable {
  static final String SECRET = UsedSecrets.named("of the bench");
  static final TokenConfig TOKENS = TokenConfig.of(SigningKey.of("frontend-enhanced", SECRET));
  static final int MAX_BODY = 12 << 20;
  static final ProtectedResource RESOURCE =
      new ProtectedResource(
          URI.create("https://demo.quiltdata.com/quilt/mcp"),
          "https://issuer.example.com",
          new ScopeNames("quilt:read", "quilt:write", "quilt:admin"),
          "test");

  private static final AnswerTimers SHORT =
      new AnswerTimers(Duration.ofMillis(2), Duration.ofMillis(150), Duration.ofMillis(50));

  final TestTools tools;
  final HttpServer server;

  /// Everybody may call.
  static RouteBench open() {
    return new RouteBench(Authenticator.local(), TestServer.config(), SHORT);
  }

  /// Everybody may call, and streams begin late.
  static RouteBench patient() {
    return new RouteBench(Authenticator.local(), TestServer.config(), AnswerTimers.defaults());
  }

  static RouteBench open(HttpConfig config) {
    return new RouteBench(Authenticator.local(), config, SHORT);
  }

  /// Everybody may call, and one request at a time is in work.
  static RouteBench narrow(EndpointLimits limits) {
    HttpLimits one = new HttpLimits(8 << 10, 64 << 10, 100, MAX_BODY, MAX_BODY, 64, 64, 1, 64);
    return new RouteBench(
        Authenticator.local(),
        TestServer.config().withLimits(one),
        SHORT,
        new TestTools(limits, true));
  }

  /// Everybody may call, and there may be replicas that cannot be reached.
  static RouteBench isolated() {
    return new RouteBench(
        Authenticator.local(),
        TestServer.config(),
        SHORT,
        new TestTools(EndpointLimits.defaults(), false));
  }

  /// Calls need a token.
  static RouteBench guarded() {
    return guarded(TestServer.config());
  }

  /// Calls need a token, and the settings are these.
  static RouteBench guarded(HttpConfig config) {
    return new RouteBench(
        new RememberingAuthenticator(
            new TokenVerifier(TOKENS, InstantSource.system()), InstantSource.system()),
        config,
        SHORT);
  }

  /// Calls need a token, of the catalog or of an issuer with a key.
  static RouteBench ofIssuer(IssuingKey key) {
    InstantSource clock = InstantSource.system();
    Duration hour = Duration.ofHours(1);
    Reloaded<JwkSet> keys =
        new Reloaded<>(
            () -> JwkSet.of(IssuingKey.set(key).getBytes(UTF_8)),
            new Reloaded.Ages(hour, hour, hour, hour),
            System::nanoTime,
            Runnable::run);
    IssuerRules rules =
        new IssuerRules(
            new TokenRules(
                RESOURCE.issuer(),
                RESOURCE.address().toString(),
                true,
                Duration.ofSeconds(60),
                16 << 10),
            RESOURCE.scopes(),
            Optional.empty(),
            new BucketScope(Set.of(), true));
    return new RouteBench(
        new RememberingAuthenticator(
            new KnownIssuers(
                Optional.of(new TokenVerifier(TOKENS, clock)),
                new IssuerVerifier(rules, new IssuerKeys(keys), clock)),
            clock,
            MemoryLimits.DEFAULT),
        TestServer.config(),
        SHORT,
        new TestTools(Duration.ofSeconds(20)),
        Optional.of(RESOURCE));
  }

  /// Calls need a token, and nobody knows the keys now.
  static RouteBench withoutKeys() {
    return new RouteBench(
        new RememberingAuthenticator(
            new TokenVerifier(TOKENS.rules(), Optional::empty, InstantSource.system()),
            InstantSource.system()),
        TestServer.config(),
        SHORT);
  }

  private RouteBench(Authenticator authenticator, HttpConfig config, AnswerTimers timers) {
    this(authenticator, config, timers, new TestTools(Duration.ofSeconds(20)));
  }

  private RouteBench(
      Authenticator authenticator, HttpConfig config, AnswerTimers timers, TestTools tools) {
    this(authenticator, config, timers, tools, Optional.empty());
  }

  private RouteBench(
      Authenticator authenticator,
      HttpConfig config,
      AnswerTimers timers,
      TestTools tools,
      Optional<ProtectedResource> resource) {
    this.tools = tools;
    Readiness readiness = new Readiness();
    readiness.markReady();
    McpRoute route =
        new McpRoute(
            tools.endpoint(),
            authenticator,
            config
                .clients()
                .map(limits -> Admission.of(limits, System::nanoTime))
                .orElseGet(Admission::free),
            MAX_BODY,
            new ResultRoom(96 << 20),
            timers);
    HealthRoutes health =
        new HealthRoutes(
            new HealthIdentity("test", "1.2.3", "1.2.3+abc", "http"),
            readiness,
            () -> 5,
            List.of(),
            Clock.systemUTC());
    Route mcp = resource.map(route::as).orElse(route);
    Map<String, Route> routes = new HashMap<>(health.routes());
    resource.map(ResourceMetadataRoute::routes).ifPresent(routes::putAll);
    routes.put("/mcp", mcp);
    routes.put("/mcp/", mcp);
    server = new HttpServer(config, readiness, routes, _ -> {});
    server.start();
  }

  RawConnection connect() {
    return new RawConnection(server.port());
  }

  Answer ask(String request) {
    try (RawConnection connection = connect()) {
      return connection.send(request).read();
    }
  }

  /// Posts a message as a client that takes JSON and streams.
  Answer post(String body, String... headers) {
    return ask(posting(body, with("Accept: application/json, text/event-stream", headers)));
  }

  /// A whole request with exactly these headers and a content type.
  static String posting(String body, String... headers) {
    return postingTo("/mcp", body, headers);
  }

  static String postingTo(String path, String body, String... headers) {
    byte[] bytes = body.getBytes(UTF_8);
    String[] all = with("Content-Type: application/json", headers);
    return request("POST " + path, with("Content-Length: " + bytes.length, all))
        + new String(bytes, ISO_8859_1);
  }

  private static String[] with(String first, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addFirst(first);
    return all.toArray(String[]::new);
  }

  /// A call in the form of the revisions up to 2025-11-25.
  static String call(String tool) {
    return message(
        "tools/call", "{\"name\":\"%s\",\"arguments\":{\"text\":\"hello\"}}".formatted(tool));
  }

  static String message(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  /// A whole request of 2026-07-28.
  static String modern(String tool, String accept, String... more) {
    String body =
        message(
            "tools/call",
            """
            {"name":"%s","arguments":{"text":"hello"},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/logLevel":"info",\
            "io.modelcontextprotocol/clientCapabilities":{}}}\
            """
                .formatted(tool));
    return posting(
        body,
        Stream.concat(
                Stream.of(
                    "Accept: " + accept,
                    "MCP-Protocol-Version: 2026-07-28",
                    "Mcp-Method: tools/call",
                    "Mcp-Name: " + tool),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  /// A header with a good token.
  static String bearer() {
    return bearer(TOKENS, Duration.ZERO);
  }

  /// A header with a token that was made some time ago and lived for an hour.
  static String bearer(TokenConfig config, Duration age) {
    return bearer(config, age, "user");
  }

  /// A header with a good token of a user.
  static String bearerOf(String subject) {
    return bearer(TOKENS, Duration.ZERO, subject);
  }

  private static String bearer(TokenConfig config, Duration age, String subject) {
    Instant then = Instant.now().minus(age);
    TokenRequest request =
        new TokenRequest(
            subject, List.of("*"), List.of("s3:*"), List.of(), Level.READ, Duration.ofHours(1));
    return "Authorization: Bearer "
        + UsedSecrets.note(
            new TokenMinter(config, InstantSource.fixed(then), new Random(1)).mint(request));
  }

  @Override
  public void close() {
    tools.release.countDown();
    server.close();
  }
}
