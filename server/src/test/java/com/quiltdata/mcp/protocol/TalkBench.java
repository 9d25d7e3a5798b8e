package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// One replica whose tools ask, remember and speak, and clients of every revision.
final class TalkBench {
  static final StateKeys KEYS = StateKeys.of(List.of(UsedSecrets.named("that all replicas know")));
  static final Caller ANNA = bearer("anna");
  static final Caller BERT = bearer("bert");
  static final Caller NOBODY = new Caller.Anonymous();

  private static final EndpointLimits LIMITS = EndpointLimits.defaults();

  private final McpEndpoint endpoint;
  private final Changes changes;

  /// What a replica is made with.
  ///
  /// @param keys that it signs with
  /// @param areKeysShared whether it believes that the others have them
  /// @param replicas the others
  /// @param clock tells the time
  /// @param limits of calls and streams
  record Setup(
      StateKeys keys,
      boolean areKeysShared,
      Replicas replicas,
      InstantSource clock,
      EndpointLimits limits) {
    static Setup of(Replicas replicas) {
      return new Setup(KEYS, true, replicas, Clock.systemUTC(), LIMITS);
    }

    static Setup alone() {
      return of(new Neighbours().join());
    }

    Setup withKeys(StateKeys newKeys) {
      return new Setup(newKeys, areKeysShared, replicas, clock, limits);
    }

    Setup withoutSharedKeys() {
      return new Setup(keys, false, replicas, clock, limits);
    }

    Setup withClock(InstantSource newClock) {
      return new Setup(keys, areKeysShared, replicas, newClock, limits);
    }

    Setup withLimits(EndpointLimits newLimits) {
      return new Setup(keys, areKeysShared, replicas, clock, newLimits);
    }
  }

  TalkBench() {
    this(Setup.alone());
  }

  TalkBench(Setup setup) {
    ToolPolicy policy = new ToolPolicy(TalkTools.needs());
    changes = new Changes(setup.replicas());
    endpoint =
        new CheckedEndpoint(
            new StrictJson(JsonLimits.DEFAULT),
            new Catalogs(
                new ToolCatalog(TalkTools.all(), policy),
                new ResourceCatalog(TalkResources.all(), policy),
                new PromptCatalog(TalkResources.prompts(), policy)),
            new ServerIdentity("test", "Test", "1.2.3", "1.2.3+abc", "A test", "Use it."),
            true,
            setup.limits(),
            TaskLimits.defaults(),
            new Continuity(
                setup.keys(), setup.areKeysShared(), setup.replicas(), changes, setup.clock()));
  }

  /// Two replicas that know each other and share their keys.
  static List<TalkBench> two() {
    Neighbours neighbours = new Neighbours();
    return List.of(
        new TalkBench(Setup.of(neighbours.join())), new TalkBench(Setup.of(neighbours.join())));
  }

  static EndpointLimits limits(Duration answerTime, int pageSize) {
    return new EndpointLimits(
        LIMITS.callTime(),
        answerTime,
        LIMITS.usualBytes(),
        pageSize,
        LIMITS.streams(),
        LIMITS.streamsOfOne(),
        LIMITS.streamLife());
  }

  static EndpointLimits limits(Duration streamLife) {
    return new EndpointLimits(
        LIMITS.callTime(),
        LIMITS.answerTime(),
        LIMITS.usualBytes(),
        LIMITS.pageSize(),
        LIMITS.streams(),
        LIMITS.streamsOfOne(),
        streamLife);
  }

  static EndpointLimits limits() {
    return LIMITS;
  }

  static Caller bearer(String subject) {
    return bearer(subject, Set.of(), Instant.parse("2100-01-01T00:00:00Z"));
  }

  static Caller bearer(String subject, Set<String> actions, Instant expiry) {
    return new Caller.Bearer(
        subject,
        "kid",
        Level.READ,
        actions,
        new BucketScope(Set.of(), true),
        Set.of(),
        "",
        expiry,
        TokenDigest.of("t"));
  }

  McpEndpoint endpoint() {
    return endpoint;
  }

  Changes changes() {
    return changes;
  }

  /// Posts a body with these headers.
  Sent post(String body, Caller caller, Map<String, String> headers) {
    return post(body, caller, headers, true);
  }

  Sent post(String body, Caller caller, Map<String, String> headers, boolean takesStream) {
    return new Sent(
        endpoint.take(
            body.getBytes(StandardCharsets.UTF_8), caller, Optional.of(all(headers)), "request-1"),
        takesStream);
  }

  /// Opens the stream of the revisions up to 2025-11-25.
  Sent get(Caller caller, Map<String, String> headers) {
    return new Sent(endpoint.stream(caller, all(headers), "request-1"), true);
  }

  private static Headers all(Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return name -> Optional.ofNullable(byName.get(name)).stream().toList();
  }

  static String message(String id, String method, ObjectNode params) {
    ObjectNode message = StrictJson.NODES.objectNode().put("jsonrpc", "2.0");
    message.set("id", EndpointBench.json("{\"id\":%s}".formatted(id)).path("id"));
    message.put("method", method).set("params", params);
    return new StrictJson(JsonLimits.DEFAULT).text(message);
  }

  /// The parameters of a call of a tool.
  static ObjectNode call(String tool) {
    return EndpointBench.json("{\"name\":\"%s\",\"arguments\":{}}".formatted(tool));
  }

  /// A client of 2026-07-28.
  Modern modern(Caller caller, String capabilities) {
    return new Modern(this, caller, capabilities);
  }

  /// A client of 2026-07-28.
  ///
  /// @param bench the replica that its requests reach
  /// @param caller whose token it has
  /// @param capabilities what it declares, as JSON
  record Modern(TalkBench bench, Caller caller, String capabilities) {
    Modern on(TalkBench other) {
      return new Modern(other, caller, capabilities);
    }

    Modern as(Caller other) {
      return new Modern(bench, other, capabilities);
    }

    Sent ask(String id, String method, ObjectNode params) {
      ObjectNode all = params.deepCopy();
      all.withObjectProperty("_meta")
          .put(MetaKeys.PROTOCOL_VERSION, "2026-07-28")
          .set(MetaKeys.CLIENT_CAPABILITIES, EndpointBench.json(capabilities));
      return bench.post(
          message(id, method, all), caller, EndpointBench.modernHeaders(method, params));
    }

    Sent ask(String method, ObjectNode params) {
      return ask("1", method, params);
    }

    Sent call(String tool) {
      return ask("tools/call", TalkBench.call(tool));
    }

    /// Calls again, with answers and the state that came with the questions.
    Sent retry(ObjectNode params, Sent first, String responses) {
      ObjectNode again = params.deepCopy();
      again.set("inputResponses", EndpointBench.json(responses));
      again.set("requestState", first.result().path("requestState"));
      return ask("2", "tools/call", again);
    }
  }

  /// Opens a session.
  Client open(String version, String capabilities, Caller caller) {
    Sent opened =
        post(
            message(
                "0",
                "initialize",
                EndpointBench.json(
                    "{\"protocolVersion\":\"%s\",\"capabilities\":%s,\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"
                        .formatted(version, capabilities))),
            caller,
            Map.of());
    return new Client(
        this, caller, version, Optional.ofNullable(opened.headers().get(SessionIds.HEADER)));
  }

  /// A client of a revision up to 2025-11-25.
  ///
  /// @param bench the replica that its messages reach
  /// @param caller whose token it has
  /// @param version what it says in its header, nothing if empty
  /// @param session the id that it was given
  record Client(TalkBench bench, Caller caller, String version, Optional<String> session) {
    Client on(TalkBench other) {
      return new Client(other, caller, version, session);
    }

    Client as(Caller other) {
      return new Client(bench, other, version, session);
    }

    Client with(String otherSession) {
      return new Client(bench, caller, version, Optional.of(otherSession));
    }

    Client saying(String otherVersion) {
      return new Client(bench, caller, otherVersion, session);
    }

    Map<String, String> headers() {
      Map<String, String> headers = new TreeMap<>();
      if (!version.isEmpty()) {
        headers.put("MCP-Protocol-Version", version);
      }
      session.ifPresent(id -> headers.put(SessionIds.HEADER, id));
      return headers;
    }

    Sent post(String body) {
      return bench.post(body, caller, headers());
    }

    Sent ask(String method, ObjectNode params) {
      return post(message("1", method, params));
    }

    Sent ask(String method, String params) {
      return ask(method, EndpointBench.json(params));
    }

    Sent call(String tool) {
      return ask("tools/call", TalkBench.call(tool));
    }

    /// Calls as a client that takes nothing but one JSON object.
    Sent callForJson(String tool) {
      return bench.post(message("1", "tools/call", TalkBench.call(tool)), caller, headers(), false);
    }

    /// Answers a question of the server.
    Sent answer(String id, String result) {
      return post("{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":%s}".formatted(id, result));
    }

    Sent get() {
      return bench.get(caller, headers());
    }
  }
}
