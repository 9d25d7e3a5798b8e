package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.task.TaskOrder;
import com.quiltdata.mcp.task.Tasks;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `tools/call`.
final class ToolsCallMethod implements Method {
  private static final Duration FIRST_LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final ToolCatalog catalog;
  private final RevisionWriter writer;
  private final Deadline deadline;
  private final Dialogue dialogue;
  private final Tasks tasks;
  private final CallAudit audit = new CallAudit();
  private final EventLog log = EventLog.named("tool");

  ToolsCallMethod(
      ToolCatalog catalog,
      RevisionWriter writer,
      Deadline deadline,
      Dialogue dialogue,
      Tasks tasks) {
    this.catalog = catalog;
    this.writer = writer;
    this.deadline = deadline;
    this.dialogue = dialogue;
    this.tasks = tasks;
  }

  @Override
  public String name() {
    return "tools/call";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public void check(Call call) {
    String name = Params.requireText(call.params(), "name");
    ObjectNode arguments = Params.objectOrEmpty(call.params(), "arguments");
    dialogue.check(call);
    if (call.version().isStateless()) {
      call.headers()
          .ifPresent(headers ->
              catalog
                  .find(name)
                  .ifPresent(spec -> new HeaderCheck(headers).requireParameters(spec, arguments)));
    }
  }

  @Override
  public Optional<Level> lackedLevel(Call call) {
    Optional<Level> lacked =
        catalog.lackedLevel(
            call.params().path("name").stringValue(),
            call.caller(),
            Params.objectOrEmpty(call.params(), "arguments"));
    lacked.ifPresent(_ -> audit.lacksScope(call));
    return lacked;
  }

  @Override
  public Result answer(Call call) {
    String name = call.params().path("name").stringValue();
    long start = System.nanoTime();
    if (catalog.find(name).isEmpty()) {
      audit.unknown(call);
      throw Params.invalid("there is no tool of this name; tools/list shows all");
    }
    try {
      return dialogue.run(call, name(), input -> turn(call, name, input));
    } catch (Fault fault) {
      return ended(call, ToolResult.of(fault), since(start));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Turn turn(Call call, String name, Input input) {
    long start = System.nanoTime();
    ToolResult result = called(call, name, input);
    Duration took = since(start);
    return switch (result) {
      case ToolResult.Asks(InputRequired required) -> {
        audit.asks(call, took);
        yield new Turn.Asks(required);
      }
      case ToolResult.Deferred(Job job) -> new Turn.Done(begun(call, name, job, took));
      case ToolResult.Success _, ToolResult.Failure _, ToolResult.Blocks _ ->
          new Turn.Done(ended(call, result, took));
    };
  }

  private ToolResult called(Call call, String name, Input input) {
    try {
      return deadline.run(
          () -> {
            ToolResult result =
                catalog.call(
                    name,
                    call.caller(),
                    Params.objectOrEmpty(call.params(), "arguments"),
                    call.output(),
                    call.requestId(),
                    input);
            return result instanceof ToolResult.Deferred(Job job) && !canFollow(call)
                ? within(call, name, job, input)
                : result;
          },
          ToolsCallMethod::isDone);
    } catch (RpcException e) {
      throw e;
    } catch (Fault fault) {
      return ToolResult.of(fault);
    } catch (RuntimeException e) {
      log.defect("tool " + name, e);
      return new ToolResult.Failure(
          FaultCode.INTERNAL,
          "Internal error; the log has more under request id " + call.requestId(),
          StrictJson.NODES.objectNode().put("request_id", call.requestId()));
    }
  }

  private static boolean isDone(ToolResult result) {
    return switch (result) {
      case ToolResult.Success _, ToolResult.Blocks _ -> true;
      case ToolResult.Failure _, ToolResult.Asks _, ToolResult.Deferred _ -> false;
    };
  }

  private boolean canFollow(Call call) {
    return tasks.areOffered() && call.capabilities().contains(ClientCapability.TASKS);
  }

  /// Does a job for a client that cannot follow a task, while its call waits.
  private ToolResult within(Call call, String name, Job job, Input input) {
    return switch (job) {
      case Job.Here(boolean needsTask, Job.Step step) -> {
        if (!needsTask) {
          yield step.run(input, call.output());
        }
        if (call.version().isStateless() && tasks.areOffered()) {
          throw RpcException.missing(Set.of(ClientCapability.TASKS));
        }
        throw new Fault(
            FaultCode.TIMEOUT,
            "This tool takes longer than a call may, and runs as a task for clients that can"
                + " follow one (MCP 2026-07-28 with "
                + ClientCapability.TASKS_EXTENSION
                + ")");
      }
      case Job.Elsewhere(String handle) -> awaited(call, name, handle);
    };
  }

  private ToolResult awaited(Call call, String name, String handle) {
    try {
      for (Duration pause = FIRST_LOOK;
          ;
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause) {
        switch (catalog.look(name, call.caller(), handle)) {
          case Job.Standing.Ended(ToolResult result) -> {
            return result;
          }
          case Job.Standing.Cancelled _ ->
              throw new Fault(FaultCode.CANCELLED, "The job was cancelled where it runs");
          case Job.Standing.Running(String message) -> {
            call.output().log(LogLevel.DEBUG, message);
            Thread.sleep(pause);
          }
        }
      }
    } catch (InterruptedException e) {
      // Before the flag is set again: it would break what stopping has to read and write.
      catalog.stop(name, call.caller(), handle);
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }

  private Result begun(Call call, String name, Job job, Duration took) {
    RequestContext context =
        RequestContext.current()
            .orElseGet(() -> new RequestContext(call.requestId(), call.caller().name()));
    Optional<ObjectNode> task =
        tasks.begin(new TaskOrder(call.caller(), name, call.capabilities(), context), job);
    if (task.isEmpty()) {
      return ended(
          call,
          ToolResult.of(
              new Fault(
                  FaultCode.UPSTREAM_UNAVAILABLE,
                  "Too many tasks run already; wait for one to end, or cancel one")),
          took);
    }
    audit.deferred(call, took);
    return Result.Tree.task(task.get());
  }

  private Result ended(Call call, ToolResult result, Duration took) {
    return new Result.Counted(
        Result.Tree.of(writer.toolResult(call.version(), result)),
        bytes -> audit.ended(call, result, took, bytes));
  }
}
