package com.quiltdata.mcp;

import static com.quiltdata.mcp.McpClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.SentMessages;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteContext;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The real program with the sample registry, used as a client uses it.
@Timeout(120)
final class EndToEndTest {
  @TempDir private static Path cache;
  private static ServerProcess server;
  private static McpClient client;

  @BeforeAll
  static void start() {
    server = ServerProcess.serving(Map.of("QUILT_MCP_CACHE", cache.toString()));
    client = new McpClient(server.url());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsWhatItIs() {
    JsonNode result =
        client.request("server/discover", StrictJson.NODES.objectNode()).json().path("result");
    assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
    JsonNode health = client.get("/healthz").json();
    assertThat(health.path("status").asString()).isEqualTo("ok");
    int tools = health.path("mcp_tools_count").intValue();
    assertThat(
            client
                .request("tools/list", StrictJson.NODES.objectNode())
                .json()
                .path("result")
                .path("tools")
                .size())
        .isEqualTo(tools)
        .isGreaterThanOrEqualTo(12);
  }

  @Test
  void browsesEveryPackageAndReadsEveryFile() {
    JsonNode listed = client.call("packages_list", "{\"registry\":\"s3://quilt-sample\"}");
    assertThat(listed.path("success").booleanValue()).isTrue();
    List<String> names = new ArrayList<>();
    listed.path("packages").forEach(row -> names.add(row.path("name").stringValue()));
    assertThat(names).contains("demo/revisions", "demo/odd-keys", "demo/empty").hasSize(8);
    int files = 0;
    for (String name : names) {
      ObjectNode arguments = json("{\"registry\":\"s3://quilt-sample\",\"limit\":1000}");
      JsonNode package_ = client.call("package_browse", arguments.put("package_name", name));
      assertThat(package_.path("success").booleanValue()).as(name).isTrue();
      for (JsonNode entry : package_.path("entries")) {
        if (!entry.path("is_directory").booleanValue()) {
          files++;
          readFile(name, entry);
        }
      }
    }
    assertThat(files).isGreaterThan(40);
  }

  /// By the address that the entry gives, which holds the strangest keys literally.
  private static void readFile(String name, JsonNode entry) {
    ObjectNode where =
        StrictJson.NODES.objectNode().put("s3_uri", entry.path("s3_uri").stringValue());
    JsonNode file = client.call("bucket_object_fetch", where);
    assertThat(file.path("success").booleanValue())
        .as("%s: %s gave %s", name, entry, file)
        .isTrue();
    assertThat(Base64.getDecoder().decode(file.path("data").asString("")))
        .as("%s: %s", name, entry.path("logical_key"))
        .hasSize(entry.path("size").intValue());
  }

  @Test
  void readsAFileAsText() {
    JsonNode file =
        client.call("bucket_object_text", "{\"s3_uri\":\"s3://quilt-sample/data/sum/README.md\"}");
    assertThat(file.path("text").asString()).startsWith("#").hasSize(41);
    assertThat(file.path("truncated").booleanValue()).isFalse();
  }

  @Test
  void comparesTwoRevisions() {
    JsonNode package_ =
        client.call(
            "package_browse",
            "{\"registry\":\"s3://quilt-sample\",\"package_name\":\"demo/revisions\"}");
    JsonNode same = diff(package_.path("top_hash").stringValue());
    assertThat(same.path("success").booleanValue()).isTrue();
    assertThat(same.path("diff").toString()).doesNotContain("new.txt");
    JsonNode folder =
        client.call(
            "bucket_objects_list",
            "{\"bucket\":\"quilt-sample\",\"prefix\":\".quilt/named_packages/demo/revisions/\"}");
    String oldest =
        folder
            .path("objects")
            .valueStream()
            .map(object -> object.path("key").stringValue())
            .filter(key -> !key.endsWith("latest"))
            .sorted()
            .findFirst()
            .orElseThrow();
    ObjectNode where = StrictJson.NODES.objectNode().put("s3_uri", "s3://quilt-sample/" + oldest);
    String hash = client.call("bucket_object_text", where).path("text").stringValue().strip();
    assertThat(diff(hash).toString()).contains("added/new.txt", "part-1.txt");
  }

  private static JsonNode diff(String firstHash) {
    ObjectNode arguments =
        json(
            "{\"registry\":\"s3://quilt-sample\",\"package1_name\":\"demo/revisions\",\"package2_name\":\"demo/revisions\"}");
    return client.call("package_diff", arguments.put("package1_hash", firstHash));
  }

  @Test
  void failureOfAToolIsAResultThatAModelCanRead() {
    JsonNode missing =
        client.call("bucket_object_text", "{\"s3_uri\":\"s3://quilt-sample/no/such\"}");
    assertThat(missing.path("success").booleanValue()).isFalse();
    assertThat(missing.path("code").asString()).isEqualTo("not_found");
    assertThat(client.call("bucket_object_text", "{}").path("code").asString())
        .isEqualTo("invalid_argument");
    assertThat(missing.toString()).doesNotContain(cache.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
  void officialClientWorksInEveryRevisionThatItSpeaks(String version) {
    URI url = server.url();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(
                "http://%s:%d".formatted(url.getHost(), url.getPort()))
            .endpoint(url.getPath())
            .supportedProtocolVersions(List.of(version))
            .jsonMapper(reading(SentMessages.conversation()))
            .build();
    try (McpSyncClient official =
        io.modelcontextprotocol.client.McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(30))
            .build()) {
      assertThat(official.initialize().protocolVersion()).isEqualTo(version);
      assertThat(official.getServerInfo().name()).isEqualTo("quilt-mcp-server");
      assertThat(official.listTools().tools())
          .extracting(Tool::name)
          .contains("packages_list", "package_browse", "package_diff", "bucket_object_text");
      assertThat(official.listResources().resources()).isNotEmpty();
      official.ping();
      CallToolResult result =
          official.callTool(
              calling(
                  "bucket_object_text",
                  Map.of("s3_uri", "s3://quilt-sample/data/odd/unicode/日本語/ファイル.txt")));
      assertThat(result.isError()).isFalse();
      assertThat(((TextContent) result.content().getFirst()).text()).contains("\"success\":true");
      CallToolResult failure =
          official.callTool(calling("packages_list", Map.of("registry", "s3://no-such-bucket")));
      assertThat(failure.isError()).isTrue();
    }
  }

  /// The client's own reader and writer, which also shows all messages.
  private static McpJsonMapper reading(SentMessages messages) {
    McpJsonMapper mapper = McpJsonDefaults.getMapper();
    return (McpJsonMapper)
        Proxy.newProxyInstance(
            McpJsonMapper.class.getClassLoader(),
            new Class<?>[] {McpJsonMapper.class},
            (_, method, arguments) -> {
              if (method.getName().equals("readValue")
                  && arguments[0] instanceof String text
                  && text.contains("\"jsonrpc\"")) {
                messages.hears(text.getBytes(UTF_8));
              }
              Object value = method.invoke(mapper, arguments);
              if (method.getName().equals("writeValueAsString")
                  && value instanceof String text
                  && text.contains("\"jsonrpc\"")) {
                messages.asks(text.getBytes(UTF_8));
              }
              return value;
            });
  }

  @Test
  void officialClientChoosesAPromptAndCompletesItsArguments() {
    URI url = server.url();
    try (McpSyncClient official =
        io.modelcontextprotocol.client.McpClient.sync(
                HttpClientStreamableHttpTransport.builder(
                        "http://%s:%d".formatted(url.getHost(), url.getPort()))
                    .endpoint(url.getPath())
                    .build())
            .requestTimeout(Duration.ofSeconds(30))
            .build()) {
      official.initialize();
      assertThat(official.listPrompts().prompts())
          .extracting(Prompt::name)
          .contains("explore_bucket", "compare_revisions");
      PromptReference reference = PromptReference.builder("compare_revisions").build();
      CompleteRequest typed =
          CompleteRequest.builder(reference, new CompleteArgument("package_name", "demo/rev"))
              .context(
                  CompleteContext.builder()
                      .arguments(Map.of("registry", "s3://quilt-sample"))
                      .build())
              .build();
      assertThat(official.completeCompletion(typed).completion().values())
          .containsExactly("demo/revisions");
      GetPromptResult prompt =
          official.getPrompt(
              GetPromptRequest.builder("compare_revisions")
                  .arguments(Map.of("registry", "quilt-sample", "package_name", "demo/revisions"))
                  .build());
      assertThat(((TextContent) prompt.messages().getFirst().content()).text())
          .contains("Call package_diff with {\"package1_name\":\"demo/revisions\"");
    }
    assertThat(server.event("prompt.get").path("package").asString()).isEqualTo("demo/revisions");
  }

  private static CallToolRequest calling(String tool, Map<String, Object> arguments) {
    return CallToolRequest.builder(tool).arguments(arguments).build();
  }

  @Test
  void logIsJsonAndNamesTheRequest() {
    client.get("/healthz");
    client.post("{}".getBytes(UTF_8), Map.of("X-Request-ID", "asked-for-this"));
    JsonNode line = server.event("http.request");
    while (!line.path("request_id").asString().equals("asked-for-this")) {
      line = server.event("http.request");
    }
    assertThat(line.path("http.status").intValue()).isEqualTo(400);
    assertThat(line.path("http.path").asString()).isEqualTo("/mcp");
    assertThat(line.path("service").asString()).isEqualTo("quilt-mcp-server");
    assertThat(server.output()).doesNotContain("/healthz");
  }
}
