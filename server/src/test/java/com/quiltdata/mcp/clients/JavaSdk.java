package com.quiltdata.mcp.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// A client of the official SDK, and the steps of the story that it can go.
final class JavaSdk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final Map<String, Object> PACKAGE =
      Map.of("registry", "s3://quilt-sample", "package_name", "demo/revisions");
  private static final Map<String, Object> ANSWERS =
      Map.of("name", "Ada", "username", "ada", "email", "ada@example.org");

  private final List<Double> progress = new CopyOnWriteArrayList<>();
  private final List<String> elicited = new CopyOnWriteArrayList<>();
  private final McpSyncClient client;

  /// A client.
  ///
  /// @param target `url`, or `command` and `env`
  JavaSdk(JsonNode target) {
    client =
        McpClient.sync(transport(target))
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
            .elicitation(this::answer)
            .progressConsumer(step -> progress.add(step.progress()))
            .build();
  }

  private static McpClientTransport transport(JsonNode target) {
    if (target.has("url")) {
      URI url = URI.create(target.path("url").stringValue());
      return HttpClientStreamableHttpTransport.builder(
              "http://%s:%d".formatted(url.getHost(), url.getPort()))
          .endpoint(url.getPath())
          .build();
    }
    List<String> command = target.path("command").valueStream().map(JsonNode::stringValue).toList();
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    target
        .path("env")
        .propertyStream()
        .forEach(e -> environment.put(e.getKey(), e.getValue().stringValue()));
    return new StdioClientTransport(
        ServerParameters.builder(command.getFirst())
            .args(command.subList(1, command.size()))
            .env(environment)
            .build(),
        McpJsonDefaults.getMapper());
  }

  private ElicitResult answer(ElicitFormRequest form) {
    elicited.add(form.message());
    Map<String, Object> content = new LinkedHashMap<>();
    for (Object name : ((Map<?, ?>) form.requestedSchema().get("properties")).keySet()) {
      content.put((String) name, ANSWERS.get(name));
    }
    return new ElicitResult(ElicitResult.Action.ACCEPT, content);
  }

  /// Gives the revision.
  String connect() {
    return client.initialize().protocolVersion();
  }

  Map<String, Runnable> steps() {
    return Map.of(
        "open", () -> assertThat(client.getServerInfo().name()).isEqualTo("quilt-mcp-server"),
        "tools", this::listTools,
        "resources", () -> assertThat(client.listResources().resources()).hasSizeGreaterThan(1),
        "resource", this::readResources,
        "browse", this::browse,
        "read", this::read,
        "prompts", this::getPrompt,
        "progress", this::hearProgress,
        "elicitation", this::beAsked);
  }

  private void listTools() {
    assertThat(client.listTools().tools())
        .extracting(McpSchema.Tool::name)
        .isSorted()
        .contains("package_browse");
  }

  private void readResources() {
    for (McpSchema.Resource resource : client.listResources().resources()) {
      List<McpSchema.ResourceContents> contents =
          client.readResource(ReadResourceRequest.builder(resource.uri()).build()).contents();
      assertThat(contents).hasSize(1);
      assertThat(JSON.read(((TextResourceContents) contents.getFirst()).text()).isObject())
          .isTrue();
    }
  }

  private JsonNode browse() {
    JsonNode found = fields("package_browse", PACKAGE);
    assertThat(found.path("entries").size())
        .isPositive()
        .isEqualTo(found.path("total_entries").intValue());
    return found.path("entries").get(0);
  }

  private void read() {
    JsonNode entry = browse();
    JsonNode found =
        fields("bucket_object_text", Map.of("s3_uri", entry.path("s3_uri").stringValue()));
    assertThat(found.path("text").stringValue().getBytes(StandardCharsets.UTF_8))
        .hasSize(entry.path("size").intValue());
  }

  /// The fields of a result: structured, and the same once more as text.
  private JsonNode fields(String tool, Map<String, Object> arguments) {
    CallToolResult result = call(CallToolRequest.builder(tool).arguments(arguments));
    JsonNode fields = JSON.read(text(result));
    assertThat(fields.path("success").booleanValue()).as("%s", fields).isTrue();
    assertThat(result.structuredContent()).isInstanceOf(Map.class);
    return fields;
  }

  private CallToolResult call(CallToolRequest.Builder request) {
    CallToolResult result = client.callTool(request.build());
    assertThat(result.isError()).as("%s", result).isNotEqualTo(true);
    return result;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private void getPrompt() {
    assertThat(client.listPrompts().prompts())
        .extracting(McpSchema.Prompt::name)
        .contains("check_package");
    GetPromptRequest request = GetPromptRequest.builder("check_package").arguments(PACKAGE).build();
    McpSchema.Content first = client.getPrompt(request).messages().getFirst().content();
    assertThat(((TextContent) first).text()).contains("demo/revisions");
  }

  private void hearProgress() {
    call(
        CallToolRequest.builder("test_tool_with_progress")
            .arguments(Map.of())
            .progressToken("story"));
    assertThat(progress).containsExactly(0.0, 50.0, 100.0);
  }

  private void beAsked() {
    CallToolResult result =
        call(
            CallToolRequest.builder("test_elicitation")
                .arguments(Map.of("message", "Who are you?")));
    assertThat(text(result)).startsWith("User response:");
    assertThat(elicited).hasSize(1);
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
