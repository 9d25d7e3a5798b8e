package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The tools of the conformance suite for the tasks extension.
final class TaskFixtures {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private TaskFixtures() {}

  static List<Tool> all() {
    return List.of(
        FixtureTool.asking(
            "greet",
            List.of(Parameter.text("name", "Whom to greet").required()),
            call -> FixtureTool.said("Hello, " + call.arguments().text("name") + "!")),
        FixtureTool.asking(
            "slow_compute",
            List.of(
                Parameter.whole("seconds", 0, 600, "How long it takes").or(1),
                Parameter.text("label", "Repeated in the result").or("result")),
            TaskFixtures::compute),
        FixtureTool.asking("failing_job", List.of(), _ -> job(true, TaskFixtures::fail)),
        FixtureTool.asking(
            "protocol_error_job",
            List.of(),
            _ ->
                job(
                    true,
                    (_, _) -> {
                      throw new IllegalStateException("a defect, for the test");
                    })),
        FixtureTool.asking(
            "confirm_delete",
            List.of(Parameter.text("filename", "What to delete").required()),
            call -> job(true, (input, _) -> delete(input, call.arguments().text("filename")))),
        FixtureTool.asking("multi_input", List.of(), _ -> job(true, (input, _) -> collect(input))),
        FixtureTool.asking("test_tool_with_task", List.of(), TaskFixtures::askThenWork));
  }

  private static ToolResult job(boolean needsTask, Job.Step step) {
    return new ToolResult.Deferred(new Job.Here(needsTask, step));
  }

  private static ToolResult compute(ToolCall call) {
    int seconds = call.arguments().wholeInt("seconds");
    return job(
        false,
        (_, output) -> {
          for (int done = 0; done < seconds; done++) {
            pause();
            output.progress(
                done + 1, OptionalDouble.of(seconds), "%d of %d s".formatted(done + 1, seconds));
          }
          return FixtureTool.said(
              "%s: computed for %d s".formatted(call.arguments().text("label"), seconds));
        });
  }

  private static ToolResult fail(Input input, CallOutput output) {
    pause();
    throw new Fault(FaultCode.CONFLICT, "The job failed, as it should");
  }

  private static ToolResult delete(Input input, String file) {
    InputRequest.Form form = InputRequest.confirmation("Delete " + file + "?", "confirm");
    return input
        .form("confirm", form)
        .map(_ -> FixtureTool.said("Deleted " + file))
        .orElseGet(() -> InputFixtures.required("confirm", form));
  }

  private static ToolResult collect(Input input) {
    InputRequest.Form first = InputRequest.texts("The first part?", List.of("name"));
    InputRequest.Form second = InputRequest.texts("The second part?", List.of("name"));
    Optional<String> one = InputFixtures.text(input, "first", first, "name");
    Optional<String> other = InputFixtures.text(input, "second", second, "name");
    return one.isPresent() && other.isPresent()
        ? FixtureTool.said(one.get() + " and " + other.get())
        : new ToolResult.Asks(InputRequired.of("first", first).and("second", second));
  }

  private static ToolResult askThenWork(ToolCall call) {
    InputRequest.Form form = InputRequest.texts("What is your name?", List.of("name"));
    return InputFixtures.text(call.input(), "user_name", form, "name")
        .map(name ->
            job(
                true,
                (_, _) -> {
                  pause();
                  return FixtureTool.said("Worked for " + name);
                }))
        .orElseGet(() -> InputFixtures.required("user_name", form));
  }

  /// What the jobs do all day.
  private static void pause() {
    try {
      Thread.sleep(SECOND);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }
}
