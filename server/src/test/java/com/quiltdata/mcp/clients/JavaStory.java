package com.quiltdata.mcp.clients;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import io.modelcontextprotocol.client.McpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The official Java SDK as a client that goes through the story of `.ci/clients`, told as a JSON
/// line a step.
final class JavaStory {
  private static final Duration STEP = Duration.ofSeconds(20);
  private static final List<String> ON_FIXTURES = List.of("progress", "cancel", "elicitation");
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final JsonNode run;
  private String negotiated = "";

  private JavaStory(JsonNode run) {
    this.run = run;
  }

  /// Goes through the story.
  ///
  /// @param args the run to do, as JSON
  public static void main(String[] args) {
    JavaStory story = new JavaStory(JSON.read(args[0]));
    story.visit("quilt", story.asked(false));
    story.visit("fixtures", story.asked(true));
    // A step that was given up may have left threads.
    System.exit(0);
  }

  private List<String> asked(boolean isOfFixtures) {
    return run.path("steps")
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(step -> ON_FIXTURES.contains(step) == isOfFixtures)
        .toList();
  }

  private void visit(String server, List<String> names) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        JavaSdk sdk = new JavaSdk(run.path(server))) {
      negotiated = sdk.connect();
      Map<String, Runnable> steps = sdk.steps();
      for (String name : names) {
        tell(name, outcome(threads, steps.getOrDefault(name, () -> unknown(name))));
      }
    }
  }

  private static void unknown(String name) {
    throw new IllegalArgumentException(name + " is no step of this client");
  }

  /// Empty when the step went well.
  private static String outcome(ExecutorService threads, Runnable step) {
    try {
      threads.submit(step).get(STEP.toSeconds(), TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (TimeoutException _) {
      return "took longer than " + STEP;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void tell(String step, String failure) {
    ObjectNode line = StrictJson.NODES.objectNode();
    for (String name : List.of("client", "transport", "era")) {
      line.set(name, run.path(name));
    }
    line.put("version", McpClient.class.getPackage().getImplementationVersion());
    line.put("negotiated", negotiated).put("step", step);
    line.put("ok", failure.isEmpty()).put("detail", failure);
    System.out.println(JSON.text(line));
  }
}
