package com.quiltdata.mcp.transport;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.protocol.Catalogs;
import com.quiltdata.mcp.protocol.CheckedEndpoint;
import com.quiltdata.mcp.protocol.Continuity;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.protocol.McpEndpoint;
import com.quiltdata.mcp.protocol.ServerIdentity;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.state.StateKeys;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// Tools that a test holds in its hand, and an endpoint that serves them.
public final class TestTools {
  private static final InputRequest.Form NAME = InputRequest.texts("Who are you?", List.of("name"));

  /// One entry for each call of `wait` that has begun.
  public final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

  /// The time of each interrupt of a call of `wait`, by [System#nanoTime()].
  public final BlockingQueue<Long> interrupted = new LinkedBlockingQueue<>();

  /// One entry for each call of `wait` that came to its own end.
  public final BlockingQueue<String> finished = new LinkedBlockingQueue<>();

  /// Lets all calls of `wait` end.
  public final CountDownLatch release = new CountDownLatch(1);

  private final Map<String, ToolNeeds> needs = new HashMap<>();
  private final McpEndpoint endpoint;

  /// What the endpoint hears of.
  public final Changes changes;

  /// Tools with a limit on each call.
  public TestTools(Duration callTimeout) {
    this(EndpointLimits.defaults().withCallTime(callTimeout), true);
  }

  /// Tools with other limits.
  ///
  /// @param reachesAll whether there is certainly no replica that cannot be reached
  public TestTools(EndpointLimits limits, boolean reachesAll) {
    SecureRandom random = new SecureRandom();
    Replicas replicas = new Alone(ReplicaId.random(random), reachesAll);
    changes = new Changes(replicas);
    List<Tool> tools =
        List.of(
            tool("echo", call -> said(call.arguments().text("text"))),
            tool("alter", ToolNeeds.level(Level.WRITE), 1 << 20, _ -> said("altered")),
            tool("keep", 12 << 20, _ -> said("kept")),
            tool("report", TestTools::report),
            tool("chatter", TestTools::chatter),
            tool("ask", TestTools::ask),
            tool("wait", this::await),
            tool("announce", this::announce),
            tool("break", _ -> overflow(0)));
    ToolPolicy policy = new ToolPolicy(needs);
    this.endpoint =
        new CheckedEndpoint(
            new StrictJson(JsonLimits.DEFAULT),
            new Catalogs(
                new ToolCatalog(tools, policy),
                new ResourceCatalog(List.of(), policy),
                new PromptCatalog(List.of(), policy)),
            new ServerIdentity("test", "Test", "1.2.3", "1.2.3+abc", "A test", "Use it."),
            true,
            limits,
            TaskLimits.defaults(),
            new Continuity(
                StateKeys.ofProcess(random), true, replicas, changes, Clock.systemUTC()));
  }

  /// What serves them.
  public McpEndpoint endpoint() {
    return endpoint;
  }

  private interface Action {
    ToolResult call(ToolCall call);
  }

  private Tool tool(String name, Action action) {
    return tool(name, 1 << 20, action);
  }

  private Tool tool(String name, int maxChars, Action action) {
    return tool(name, ToolNeeds.nothing(), maxChars, action);
  }

  private Tool tool(String name, ToolNeeds needed, int maxChars, Action action) {
    needs.put(name, needed);
    ToolSpec spec =
        new ToolSpec(
            name,
            "Title of " + name,
            "Does " + name + ".",
            "test",
            List.of(Parameter.text("text", "Any text").upTo(maxChars).or("")),
            JsonSchema.result(JsonSchema.member("said", JsonSchema.string("What was said"))),
            ToolHints.READ_ONLY,
            needed,
            List.of());
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolResult call(ToolCall call) {
        return action.call(call);
      }
    };
  }

  private static ToolResult said(String text) {
    return new ToolResult.Success(ToolResult.fields().put("said", text));
  }

  private static ToolResult report(ToolCall call) {
    call.output().log(LogLevel.WARNING, "look out");
    return said("reported");
  }

  /// Far more than a connection buffers.
  private static ToolResult chatter(ToolCall call) {
    for (int i = 0; i < 2_000; i++) {
      call.output().log(LogLevel.WARNING, "x".repeat(10_000));
    }
    return said("enough");
  }

  private ToolResult announce(ToolCall call) {
    call.output().log(LogLevel.WARNING, "this takes long");
    return await(call);
  }

  private static ToolResult ask(ToolCall call) {
    return call.input()
        .form("name", NAME)
        .map(answer -> said(answer.toString()))
        .orElseGet(() -> new ToolResult.Asks(InputRequired.of("name", NAME)));
  }

  private ToolResult await(ToolCall call) {
    begun.add(call.requestId());
    try {
      release.await();
      finished.add(call.requestId());
      return said("released");
    } catch (InterruptedException e) {
      interrupted.add(System.nanoTime());
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // this is what the tool is for
  private static ToolResult overflow(int depth) {
    return overflow(depth + 1);
  }
}
