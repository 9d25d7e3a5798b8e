package com.quiltdata.mcp.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.SharedData;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.Socket;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That wrong messages are found, and that no test hears the server past [SentMessages].
final class SentMessagesTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("com.quiltdata.mcp");

  @BeforeAll
  static void requireSchemas() {
    SharedData.path("reference/mcp-schema");
  }

  private static List<String> problems(String revision, String asked, String heard) {
    assertThat(SentMessagesReport.takeProblems()).isEmpty();
    SentMessages.inReplyTo(asked.getBytes(UTF_8), Optional.of(revision))
        .hears(heard.getBytes(UTF_8));
    return SentMessagesReport.takeProblems();
  }

  private static String request(String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\"}".formatted(method);
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}".formatted(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-11-05 | ping       | {}
          2025-03-26 | tools/list | {"tools":[]}
          2025-06-18 | tools/call | {"content":[{"type":"resource_link","uri":"a:b","name":"n"}]}
          2025-11-25 | initialize | {"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"n","version":"1"}}
          2026-07-28 | tools/call | {"resultType":"complete","content":[]}
          2026-07-28 | tools/call | {"resultType":"input_required","inputRequests":{"k":{"method":"roots/list"}},"requestState":"s"}
          2026-07-28 | tools/call | {"resultType":"task","taskId":"0123456789012345678901","status":"working","createdAt":"2026-08-01T10:00:00Z","lastUpdatedAt":"2026-08-01T10:00:00Z","ttlMs":3600000,"pollIntervalMs":2000}
          2026-07-28 | tasks/get  | {"resultType":"complete","taskId":"0123456789012345678901","status":"completed","createdAt":"2026-08-01T10:00:00Z","lastUpdatedAt":"2026-08-01T10:00:00Z","ttlMs":null,"result":{"content":[],"isError":false}}
          2026-07-28 | tasks/cancel | {"resultType":"complete"}
          """)
  void findsNothingInRightResults(String revision, String method, String result) {
    assertThat(problems(revision, request(method), result(result))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2025-03-26 | tools/list | {"tools":{}}
          2025-03-26 | tools/list | {"tools":[{"name":"a"}]}
          2025-03-26 | tools/call | {"content":[{"type":"resource_link","uri":"a:b","name":"n"}]}
          2025-03-26 | server/discover | {}
          2025-06-18 | tools/call | {"content":[{"type":"text"}]}
          2025-11-25 | initialize | {"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"n"}}
          2025-11-25 | initialize | {"protocolVersion":"2099-01-01","capabilities":{},"serverInfo":{"name":"n","version":"1"}}
          2025-11-25 | resources/read | {"contents":[{"uri":"no uri","text":"t"}]}
          2026-07-28 | tools/list | {"tools":[]}
          2026-07-28 | tools/list | {"resultType":"input_required","inputRequests":{}}
          2026-07-28 | tools/call | {"content":[]}
          2026-07-28 | tools/call | {"resultType":"input_required","inputRequests":{"k":{"method":"tools/list"}}}
          2026-07-28 | tools/call | {"resultType":"task","taskId":"0123456789012345678901","status":"working","createdAt":"2026-08-01T10:00:00Z","lastUpdatedAt":"2026-08-01T10:00:00Z"}
          2026-07-28 | tasks/get  | {"resultType":"complete","taskId":"0123456789012345678901","status":"working","createdAt":"2026-08-01T10:00:00Z","lastUpdatedAt":"2026-08-01T10:00:00Z","ttlMs":null,"result":{}}
          2026-07-28 | tasks/get  | {"resultType":"task","taskId":"0123456789012345678901","status":"working","createdAt":"2026-08-01T10:00:00Z","lastUpdatedAt":"2026-08-01T10:00:00Z","ttlMs":null}
          2026-07-28 | tasks/cancel | {"resultType":"complete","status":"cancelled"}
          2026-07-28 | ping       | {"resultType":"complete"}
          """)
  void findsWrongResults(String revision, String method, String result) {
    assertThat(problems(revision, request(method), result(result))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no result          | 2025-11-25 | {"jsonrpc":"2.0","id":1}
          no version         | 2025-11-25 | {"id":1,"result":{}}
          another id         | 2025-11-25 | {"jsonrpc":"2.0","id":2,"result":{}}
          an id of a text    | 2025-11-25 | {"jsonrpc":"2.0","id":"1","result":{}}
          no id              | 2025-11-25 | {"jsonrpc":"2.0","result":{}}
          null id            | 2025-11-25 | {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"m"}}
          null id            | 2026-07-28 | {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"m"}}
          code of a text     | 2025-03-26 | {"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"m"}}
          no message         | 2025-03-26 | {"jsonrpc":"2.0","id":1,"error":{"code":1}}
          no supported ones  | 2026-07-28 | {"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"m","data":{"requested":"x"}}}
          unknown notice     | 2025-11-25 | {"jsonrpc":"2.0","method":"notifications/no_such"}
          notice of clients  | 2025-11-25 | {"jsonrpc":"2.0","method":"notifications/initialized"}
          notice lacks level | 2025-11-25 | {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"d"}}
          request            | 2026-07-28 | {"jsonrpc":"2.0","id":9,"method":"elicitation/create","params":{"message":"m","requestedSchema":{"type":"object","properties":{}}}}
          request            | 2025-03-26 | {"jsonrpc":"2.0","id":9,"method":"elicitation/create","params":{"message":"m","requestedSchema":{"type":"object","properties":{}}}}
          request lacks      | 2025-06-18 | {"jsonrpc":"2.0","id":9,"method":"elicitation/create","params":{"message":"m"}}
          a batch            | 2025-06-18 | [{"jsonrpc":"2.0","id":1,"result":{}}]
          an empty batch     | 2025-03-26 | []
          no JSON            | 2025-03-26 | {
          """)
  void findsWrongMessages(String what, String revision, String heard) {
    assertThat(problems(revision, request("ping"), heard)).as(what).hasSize(1);
  }

  @Test
  void idIsNullWhereNoneCouldBeRead() {
    String error = "{\"jsonrpc\":\"2.0\",%s\"error\":{\"code\":-32700,\"message\":\"m\"}}";
    for (String revision : List.of("2024-11-05", "2025-03-26", "2025-06-18")) {
      assertThat(problems(revision, "{", error.formatted("\"id\":null,"))).isEmpty();
      assertThat(problems(revision, "{", error.formatted(""))).hasSize(1);
    }
    for (String revision : List.of("2025-11-25", "2026-07-28")) {
      assertThat(problems(revision, "{", error.formatted(""))).isEmpty();
      assertThat(problems(revision, "{", error.formatted("\"id\":null,"))).hasSize(1);
    }
  }

  @Test
  void conversationGoesOnInTheRevisionItAgreedOn() {
    SentMessages talk = SentMessages.conversation();
    talk.asks(request("initialize").getBytes(UTF_8));
    talk.hears(
        result(
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"n\",\"version\":\"1\"}}")
            .getBytes(UTF_8));
    String question =
        "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";
    talk.asks(request("tools/call").replace("1,", "2,").getBytes(UTF_8));
    talk.hears(question.getBytes(UTF_8));
    assertThat(SentMessagesReport.takeProblems()).isEmpty();
  }

  @Test
  void everyEndpointOfTestsIsChecked() {
    assertThat(using(name -> name.endsWith(".protocol.McpEndpoint"), true))
        .containsExactly("CheckedEndpoint");
  }

  /// All others go through these.
  @Test
  void everyClientOfTestsIsChecked() {
    Set<String> sockets =
        Set.of(
            Socket.class.getName(),
            HttpClient.class.getName(),
            HttpClientStreamableHttpTransport.class.getName());
    assertThat(using(sockets::contains, false))
        .containsExactlyInAnyOrder(
            "McpClient",
            "ProgramTest",
            // Talks to benches, whose endpoint is checked.
            "RawConnection",
            // Looks at the statuses of what is hardly HTTP.
            "HostileFramingTest",
            // Plays what the health command asks.
            "HealthProbeTest",
            // Talks as replicas do among themselves.
            "RunningReplica",
            // Stands in for the server behind a proxy.
            "FaultsTest",
            // Reads registries of the stand-ins for S3.
            "HttpShelf",
            // Is a stand-in for S3.
            "FakeS3",
            "Connection",
            // Answers TLS with none.
            "S3OutageTest",
            // A client of others, in a process of its own, for .ci/clients.
            "JavaSdk",
            // The official client, which shows its messages.
            "EndToEndTest");
  }

  private static Stream<String> using(Predicate<String> type, boolean byConstructor) {
    return TESTS.stream()
        .filter(test ->
            byConstructor
                ? test.getConstructorCallsFromSelf().stream()
                    .anyMatch(call -> type.test(call.getTargetOwner().getName()))
                : test.getDirectDependenciesFromSelf().stream()
                    .anyMatch(use -> type.test(use.getTargetClass().getName())))
        .map(JavaClass::getSimpleName)
        .filter(name -> !name.equals(SentMessagesTest.class.getSimpleName()))
        .distinct();
  }
}
