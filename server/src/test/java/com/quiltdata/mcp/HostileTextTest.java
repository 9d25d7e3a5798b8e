package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.McpClient.Answer;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Texts that others collected to break programs, as every text argument of every tool, by a caller
/// who may use one bucket. Whatever they are, they lead to a result or to the error of a tool, and
/// never out of the bucket.
@Timeout(300)
final class HostileTextTest {
  private static final int BATCH = 50;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(64, 1_000_000, 100, 4_096));

  /// Good values, so that one bad argument is not hidden behind another.
  private static final Map<String, String> GOOD =
      Map.of(
          "bucket", "team-data",
          "registry", "team-data",
          "s3_uri", "s3://team-data/folder/file.txt",
          "package_name", "a/b",
          "package1_name", "a/b",
          "package2_name", "a/b",
          "uri", "auth://status",
          "path", "folder");

  @TempDir private static Path folder;
  private static HostileServer server;
  private static McpClient client;
  private static List<JsonNode> tools;
  private static int calls;

  @BeforeAll
  static void start() {
    SharedData.path("fixtures/security/strings");
    server = new HostileServer(folder, true);
    client = server.client().withToken(HostileServer.token(JSON.read("[\"team-data\"]")));
    tools =
        client
            .request("tools/list", StrictJson.NODES.objectNode())
            .json()
            .path("result")
            .path("tools")
            .valueStream()
            .toList();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.close();
      server.requireCleanLog();
      assertThat(server.process.output().lines().filter(HostileTextTest::isOfATool).count())
          .isEqualTo(calls);
      server.close();
    }
  }

  private static boolean isOfATool(String line) {
    return line.contains("\"event\":\"tool.call\"") || line.contains("\"event\":\"authz.denied\"");
  }

  /// Every text argument of every tool gets every text.
  private static void everywhere(List<String> texts, Function<String, String> shape) {
    List<ObjectNode> waiting = new ArrayList<>();
    int parameters = 0;
    for (JsonNode tool : tools) {
      for (Map.Entry<String, JsonNode> parameter :
          tool.path("inputSchema").path("properties").properties()) {
        if (parameter.getValue().path("type").asString("").equals("string")) {
          parameters++;
          for (String text : texts) {
            waiting.add(call(tool, parameter.getKey(), shape.apply(text)));
            if (waiting.size() == BATCH) {
              send(waiting);
            }
          }
        }
      }
    }
    send(waiting);
    assertThat(parameters).isGreaterThan(20);
  }

  private static ObjectNode call(JsonNode tool, String parameter, String text) {
    ObjectNode arguments = StrictJson.NODES.objectNode();
    tool.path("inputSchema")
        .path("required")
        .forEach(
            name -> arguments.put(name.stringValue(), GOOD.getOrDefault(name.stringValue(), "x")));
    arguments.put(parameter, text);
    ObjectNode message =
        StrictJson.NODES.objectNode().put("jsonrpc", "2.0").put("method", "tools/call");
    message
        .putObject("params")
        .put("name", tool.path("name").stringValue())
        .set("arguments", arguments);
    return message;
  }

  private static void send(List<ObjectNode> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    ArrayNode batch = StrictJson.NODES.arrayNode();
    waiting.forEach(message -> batch.add(message.put("id", batch.size())));
    Answer answer = client.post(JSON.write(batch), Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.time()).isLessThan(Duration.ofSeconds(10));
    assertThat(new String(answer.bytes(), UTF_8))
        .doesNotContain("CANARY", "root:x:0", folder.resolve("root").resolve("x").toString());
    JsonNode results = answer.json();
    assertThat(results.size()).isEqualTo(batch.size());
    for (int i = 0; i < results.size(); i++) {
      requireResult(batch.get(i), results.get(i));
    }
    calls += batch.size();
    waiting.clear();
  }

  private static void requireResult(JsonNode sent, JsonNode answer) {
    assertThat(answer.path("result").path("isError").isBoolean())
        .as("%s gave %s", sent, answer)
        .isTrue();
    assertThat(answer.toString())
        .as("%s", sent)
        .doesNotContain("\"internal\\\"", "Exception", "com.quiltdata", "java.");
  }

  @Test
  void naughtyStrings() {
    everywhere(HostileServer.strings("strings/naughty.json"), text -> text);
  }

  @Test
  void lineBreaksInDisguise() {
    everywhere(HostileServer.strings("strings/crlf.json"), text -> text);
  }

  @Test
  void waysOutOfAFolder() {
    List<String> paths = HostileServer.strings("paths/traversal.json");
    everywhere(paths, path -> path);
    everywhere(paths, path -> "s3://team-data/" + path);
  }

  @Test
  void filesOfTheHost() {
    List<String> paths = HostileServer.strings("paths/lfi.json");
    everywhere(paths, path -> path);
    everywhere(paths, path -> "s3://team-data/folder" + path);
    everywhere(paths, path -> "file://" + path);
  }

  @Test
  void ownWaysToTheOtherBucketAndTheHost() {
    everywhere(
        List.of(
            "s3://other-bucket/folder/file.txt",
            "other-bucket",
            "s3://team-data/../other-bucket/folder/file.txt",
            "s3://team-data/folder/../../other-bucket/folder/file.txt",
            "s3://team-data/folder/../../file.txt",
            "../other-bucket",
            "s3://../file.txt",
            "file://" + folder.resolve("file.txt"),
            folder.resolve("file.txt").toString(),
            "s3://team-data/" + folder.resolve("file.txt"),
            "s3://team-data//etc/passwd",
            "s3://team-data/..%2f..%2fother-bucket/folder/file.txt"),
        text -> text);
  }

  @Test
  void textIsEchoedUnchanged() {
    for (String text : HostileServer.strings("strings/naughty.json")) {
      ObjectNode arguments =
          StrictJson.NODES.objectNode().put("bucket", "team-data").put("prefix", text);
      JsonNode result = client.call("bucket_objects_list", arguments);
      calls++;
      assertThat(result.path("success").booleanValue()).as("%s", result).isTrue();
      assertThat(result.path("prefix").asString()).isEqualTo(text);
    }
  }
}
