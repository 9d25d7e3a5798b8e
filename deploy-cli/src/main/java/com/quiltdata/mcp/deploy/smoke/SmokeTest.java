package com.quiltdata.mcp.deploy.smoke;

import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Speaks MCP with the server through its public address, as a client does.
///
/// With a token its tools must be listed; without one they must be refused with 401, which is what
/// a protected server does. What a token is worth is never printed.
public final class SmokeTest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String STATELESS = "2026-07-28";
  private static final String SESSIONS = "2025-11-25";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  /// Other callers, or a balancer, have it busy; that proves nothing of the version.
  private static final Set<Integer> BUSY = Set.of(429, 503);

  private static final int ATTEMPTS = 4;
  private static final int MOST_SECONDS = 5;
  private static final int MOST_CHARS = 200;

  private final URI address;
  private final Optional<String> token;
  private final Pace pace;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  private int ids;

  /// A test.
  ///
  /// @param address of the MCP endpoint
  /// @param token shown with every request
  /// @param pace waits for a server that is busy
  public SmokeTest(URI address, Optional<String> token, Pace pace) {
    this.address = address;
    this.token = token;
    this.pace = pace;
  }

  private record Answer(int status, JsonNode json, String text) {}

  /// Asks.
  ///
  /// @param build what the server must say that it is, when that is known
  /// @throws Failure [ExitCode#INTERRUPTED]
  public SmokeResult run(Optional<String> build) {
    List<String> proven = new ArrayList<>();
    Optional<String> seen = Optional.empty();
    try {
      Answer hello = greet(proven);
      if (!hello.json().path("result").isObject()) {
        return new SmokeResult(false, proven, Optional.of(complaint("initialize", hello)), seen);
      }
      seen = build(hello.json().path("result"));
      if (seen.isEmpty() && build.isPresent()) {
        seen = health();
      }
      if (build.isPresent() && !seen.equals(build)) {
        return new SmokeResult(false, proven, Optional.of(another(seen, build.get())), seen);
      }
      seen.ifPresent(text -> proven.add("build " + text));
      Answer tools = ask("tools/list", Json.object());
      Optional<String> problem = problem(tools);
      if (problem.isEmpty()) {
        proven.add(
            token.isPresent()
                ? "tools/list gives %d tools"
                    .formatted(tools.json().path("result").path("tools").size())
                : "tools/list without a token is refused with 401");
      }
      return new SmokeResult(problem.isEmpty(), proven, problem, seen);
    } catch (IOException e) {
      return new SmokeResult(
          false, proven, Optional.of("%s does not answer: %s".formatted(address, words(e))), seen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted during the smoke test").because(e);
    }
  }

  private static String words(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  /// Newer servers are asked what they are; older ones are initialized.
  private Answer greet(List<String> proven) throws IOException, InterruptedException {
    Answer discovered = ask("server/discover", Json.object());
    if (discovered.json().path("result").isObject()) {
      proven.add("server/discover answers");
      return discovered;
    }
    ObjectNode params = Json.object().put("protocolVersion", SESSIONS);
    params.putObject("capabilities");
    params.putObject("clientInfo").put("name", "deploy-cli").put("version", "1");
    Answer initialized = send("initialize", params, SESSIONS);
    if (initialized.json().path("result").isObject()) {
      proven.add("initialize answers");
    }
    return initialized;
  }

  private Answer ask(String method, ObjectNode params) throws IOException, InterruptedException {
    ObjectNode meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", STATELESS);
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    meta.putObject("io.modelcontextprotocol/clientInfo")
        .put("name", "deploy-cli")
        .put("version", "1");
    return send(method, params, STATELESS);
  }

  private Answer send(String method, ObjectNode params, String version)
      throws IOException, InterruptedException {
    ids++;
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", ids).put("method", method);
    message.set("params", params);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", version)
            .header("Mcp-Method", method)
            .header("User-Agent", "deploy-cli")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(message)));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    for (int i = 1; i < ATTEMPTS && BUSY.contains(response.statusCode()); i++) {
      pace.sleep(pause(response));
      response = http.send(request.build(), BodyHandlers.ofString());
    }
    return new Answer(response.statusCode(), json(response), response.body());
  }

  /// As long as the server asks for, within reason.
  private static Duration pause(HttpResponse<String> response) {
    try {
      long seconds = Long.parseLong(response.headers().firstValue("Retry-After").orElse("1"));
      return Duration.ofSeconds(Math.clamp(seconds, 0, MOST_SECONDS));
    } catch (NumberFormatException _) {
      return Duration.ofSeconds(1);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    boolean stream =
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    String text =
        stream
            ? response
                .body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .reduce((_, last) -> last)
                .map(line -> line.substring("data:".length()))
                .orElse("")
            : response.body();
    try {
      return Json.readObject(text);
    } catch (IllegalArgumentException _) {
      return Json.object();
    }
  }

  private String another(Optional<String> seen, String wanted) {
    return seen.map(said ->
            "%s says that it is build '%s', not '%s' as the image is labelled"
                .formatted(address, said, wanted))
        .orElseGet(() ->
            "%s does not say which build it is; the image is labelled '%s'"
                .formatted(address, wanted));
  }

  /// What the server says on its health route, where that can be reached.
  private Optional<String> health() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/healthz"))
            .timeout(PATIENCE)
            .header("User-Agent", "deploy-cli")
            .build();
    try {
      return Optional.of(
              json(http.send(request, BodyHandlers.ofString()))
                  .path("server")
                  .path("build")
                  .asString(""))
          .filter(text -> !text.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> build(JsonNode result) {
    JsonNode meta = result.path("_meta");
    return meta.propertyNames().stream()
        .filter(name -> name.endsWith("/build"))
        .map(name -> meta.path(name).asString(""))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private Optional<String> problem(Answer tools) {
    if (token.isEmpty()) {
      return tools.status() == UNAUTHORIZED
          ? Optional.empty()
          : Optional.of(
              "tools/list without a token gives HTTP %d instead of 401".formatted(tools.status()));
    }
    JsonNode list = tools.json().path("result").path("tools");
    return list.isArray() && !list.isEmpty()
        ? Optional.empty()
        : Optional.of(complaint("tools/list", tools));
  }

  private String complaint(String method, Answer answer) {
    String error =
        answer
            .json()
            .path("error")
            .path("message")
            .asString(answer.json().path("error").asString(""));
    String said = error.isEmpty() ? answer.text().strip() : error;
    String shown = said.length() > MOST_CHARS ? said.substring(0, MOST_CHARS) + "…" : said;
    String status = answer.status() == OK ? "no result" : "HTTP " + answer.status();
    return "%s at %s gives %s%s"
        .formatted(method, address, status, shown.isEmpty() ? "" : ": " + printable(shown));
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  @Override
  public void close() {
    http.close();
  }
}
