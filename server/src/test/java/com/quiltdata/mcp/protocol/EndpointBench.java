package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.resource.UriTemplate;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An endpoint with a few small tools, resources and prompts, and short ways to ask it.
public final class EndpointBench {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final ToolNeeds NOTHING = ToolNeeds.nothing();

  private final McpEndpoint endpoint;

  public EndpointBench() {
    this(Duration.ofSeconds(50));
  }

  public EndpointBench(Duration callTimeout) {
    this(callTimeout, List.of(new Echo(), new Report(), new Sleep(), new Defect()));
  }

  /// Only tools that answer at once and do not break.
  static EndpointBench quick() {
    return new EndpointBench(Duration.ofSeconds(50), List.of(new Echo(), new Report()));
  }

  private EndpointBench(Duration callTimeout, List<Tool> tools) {
    ToolPolicy policy =
        new ToolPolicy(
            tools.stream().collect(Collectors.toMap(tool -> tool.spec().name(), _ -> NOTHING)));
    ResourceCatalog resources = new ResourceCatalog(List.of(new Note(), new Page()), policy);
    this.endpoint =
        new CheckedEndpoint(
            JSON,
            new Catalogs(
                new ToolCatalog(tools, policy),
                resources,
                new PromptCatalog(TestPrompts.all(), policy)),
            new ServerIdentity("test", "Test", "1.2.3", "1.2.3+abc", "A test", "Use it."),
            true,
            EndpointLimits.defaults().withCallTime(callTimeout),
            TaskLimits.defaults(),
            Continuity.alone());
  }

  public McpEndpoint endpoint() {
    return endpoint;
  }

  /// What came back: the status, the body and the notifications before it.
  public record Answer(int status, JsonNode body, List<JsonNode> notifications) {
    public int errorCode() {
      return body.path("error").path("code").asInt(0);
    }
  }

  public Answer ask(String body) {
    return ask(body, Optional.empty());
  }

  public Answer ask(String body, Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return ask(body, Optional.of(name -> Optional.ofNullable(byName.get(name)).stream().toList()));
  }

  public Answer ask(String body, Optional<Headers> headers) {
    return ask(body, new Caller.Local(), headers);
  }

  public Answer ask(String body, Caller caller, Optional<Headers> headers) {
    List<JsonNode> notifications = new ArrayList<>();
    Outcome outcome =
        endpoint.take(body.getBytes(StandardCharsets.UTF_8), caller, headers, "test-request");
    Reply reply =
        switch (outcome) {
          case Outcome.Answered answered -> answered.reply();
          case Outcome.Work work -> work.task().run(json -> notifications.add(JSON.read(json)));
          case Outcome.Cancels _ -> new Reply.Accepted();
          case Outcome.NeedsToken _, Outcome.NeedsScope _ ->
              throw new AssertionError("the local caller has rights");
        };
    return switch (reply) {
      case Reply.Accepted _ -> new Answer(202, StrictJson.NODES.missingNode(), notifications);
      case Reply.Json json -> new Answer(json.httpStatus(), JSON.read(json.json()), notifications);
    };
  }

  /// A request of 2026-07-28 with the headers that go with it.
  public Answer modern(String method, ObjectNode params) {
    return ask(modernBody(method, params), modernHeaders(method, params));
  }

  public static String modernBody(String method, ObjectNode params) {
    ObjectNode all = params.deepCopy();
    all.withObjectProperty("_meta")
        .put(MetaKeys.PROTOCOL_VERSION, "2026-07-28")
        .putObject(MetaKeys.CLIENT_CAPABILITIES);
    ObjectNode message =
        StrictJson.NODES.objectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    message.set("params", all);
    return JSON.text(message);
  }

  public static Map<String, String> modernHeaders(String method, ObjectNode params) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    if (params.path("name").isString()) {
      headers.put("Mcp-Name", params.path("name").stringValue());
    } else if (params.path("uri").isString()) {
      headers.put("Mcp-Name", params.path("uri").stringValue());
    }
    if (params.path("arguments").has("bucket")) {
      headers.put("Mcp-Param-Bucket", params.path("arguments").path("bucket").asString(""));
    }
    if (params.path("arguments").has("count")) {
      headers.put("Mcp-Param-Count", params.path("arguments").path("count").asString(""));
    }
    return headers;
  }

  public static ObjectNode json(String text) {
    return (ObjectNode) JSON.read(text);
  }

  private static ToolSpec spec(String name, List<Parameter> parameters) {
    return new ToolSpec(
        name,
        "Title of " + name,
        "Does " + name + ".",
        "test",
        parameters,
        JsonSchema.result(JsonSchema.member("said", JsonSchema.string("What was said"))),
        ToolHints.READ_ONLY,
        NOTHING,
        List.of());
  }

  private static final class Echo implements Tool {
    @Override
    public ToolSpec spec() {
      return EndpointBench.spec(
          "echo",
          List.of(
              Parameter.text("bucket", "A text").or("nothing").inHeader("Bucket"),
              Parameter.whole("count", 0, 100, "A number").or(1).inHeader("Count")));
    }

    @Override
    public ToolResult call(ToolCall call) {
      return new ToolResult.Success(
          ToolResult.fields().put("said", call.arguments().text("bucket")));
    }
  }

  private static final class Report implements Tool {
    @Override
    public ToolSpec spec() {
      return EndpointBench.spec("report", List.of());
    }

    @Override
    public ToolResult call(ToolCall call) {
      for (int i = 1; i <= 3; i++) {
        call.output().progress(i, OptionalDouble.of(3), "step " + i);
        call.output().progress(i, OptionalDouble.of(3), "step " + i + " again");
      }
      call.output().log(LogLevel.DEBUG, "detail");
      call.output().log(LogLevel.WARNING, "look out");
      return new ToolResult.Success(ToolResult.fields().put("said", "done"));
    }
  }

  private static final class Sleep implements Tool {
    @Override
    public ToolSpec spec() {
      return EndpointBench.spec("sleep", List.of());
    }

    @Override
    public ToolResult call(ToolCall call) {
      try {
        new CountDownLatch(1).await();
        throw new AssertionError("nobody counts down");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
      }
    }
  }

  private static final class Defect implements Tool {
    @Override
    public ToolSpec spec() {
      return EndpointBench.spec("defect", List.of());
    }

    @Override
    public ToolResult call(ToolCall call) {
      throw new IllegalStateException("secret internals");
    }
  }

  private static final class Note implements Resource {
    @Override
    public ResourceSpec spec() {
      return new ResourceSpec(
          new ResourceSpec.Address.Fixed("test://note"),
          "note",
          "A note",
          "A note to read",
          "text/plain",
          NOTHING);
    }

    @Override
    public ResourceContents read(ResourceCall call) {
      return new ResourceContents.Text("hello");
    }
  }

  private static final class Page implements Resource {
    @Override
    public ResourceSpec spec() {
      return new ResourceSpec(
          new ResourceSpec.Address.Templated(new UriTemplate("test://book/{book}/{page}")),
          "page",
          "A page",
          "A page to read",
          "text/plain",
          NOTHING,
          Map.of("book", TestPrompts::colours));
    }

    @Override
    public ResourceContents read(ResourceCall call) {
      return new ResourceContents.Text("page " + call.variables());
    }
  }
}
