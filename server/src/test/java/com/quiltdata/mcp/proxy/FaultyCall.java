package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/// A call through the proxy that meets what a script says.
final class FaultyCall {
  static final String READ = modern("1", "resources/read", "{\"uri\":\"a:b\"}");

  static final String CALL = modern("1", "tools/call", "{\"name\":\"x\"}");

  private FaultyCall() {}

  /// The text of the error that a client hears.
  static String message(JsonNode answer) {
    assertThat(answer.path("id").intValue()).isEqualTo(1);
    assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32603);
    return answer.path("error").path("message").asString();
  }

  /// What a client hears of one line.
  static JsonNode answer(ScriptedServer.Script script, String line) {
    try (ScriptedServer server = ScriptedServer.answering(script);
        ProxiedClient client = ProxiedClient.of(server.url())) {
      JsonNode answer = client.send(line).hear();
      assertThat(client.finish()).isZero();
      return answer;
    }
  }
}
