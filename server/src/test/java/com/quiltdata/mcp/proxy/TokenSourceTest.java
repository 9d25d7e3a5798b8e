package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.config.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Where tokens come from, when they are read again, and to whom they are shown.
@Timeout(60)
final class TokenSourceTest {
  private static final String CALL = modern("1", "tools/call", "{\"name\":\"x\"}");

  @TempDir private Path folder;

  private static ScriptedServer wanting(String token) {
    return ScriptedServer.answering(request -> {
      if (!request.header("Authorization").equals("Bearer " + UsedSecrets.sent(token))) {
        request.json(401, "{\"error\":\"token_expired\",\"detail\":\"JWT token expired\"}");
      } else if (request.method().equals("tools/list")) {
        request.result("{\"tools\":[{\"name\":\"x\"}]}");
      } else {
        request.result("{}");
      }
    });
  }

  private Path file(String text) throws IOException {
    UsedSecrets.sent(text.strip());
    return Files.writeString(folder.resolve("token"), text);
  }

  @Test
  void freshTokenInTheFileIsFoundWhenTheOldOneIsRefused() throws IOException {
    Path file = file(" the-old-token\r\n");
    try (ScriptedServer server = wanting("the-new-token");
        ProxiedClient client = ProxiedClient.of(server.url(), TokenSource.ofFile(file))) {
      JsonNode refused = client.send(CALL).hear();
      assertThat(refused.path("error").path("message").asString())
          .contains("401 'JWT token expired'", file.toString(), "nothing needs to be restarted")
          .doesNotContain("the-old-token");
      file("the-new-token\n");
      assertThat(client.send(CALL).hear().has("result")).isTrue();
      assertThat(client.send(CALL).hear().has("result")).isTrue();
      List<String> shown =
          server.seen(server.waiting()).stream()
              .map(request -> request.header("Authorization"))
              .toList();
      assertThat(shown)
          .containsSubsequence(
              "Bearer the-old-token", "Bearer the-old-token", "Bearer the-new-token")
          .endsWith("Bearer the-new-token", "Bearer the-new-token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words"})
  void fileThatHoldsNothingUsefulLaterChangesNothing(String text) throws IOException {
    Path file = file("good");
    try (ScriptedServer server = wanting("another");
        ProxiedClient client = ProxiedClient.of(server.url(), TokenSource.ofFile(file))) {
      file(text);
      assertThat(client.send(CALL).hear().path("error").path("message").asString()).contains("401");
      Files.delete(file);
      assertThat(client.send(CALL).hear().path("error").path("message").asString()).contains("401");
      file("another");
      assertThat(client.send(CALL).hear().has("result")).isTrue();
    }
  }

  @Test
  void tokenOfTheEnvironmentStays() {
    try (ScriptedServer server = wanting("another");
        ProxiedClient client =
            ProxiedClient.of(
                server.url(),
                TokenSource.ofVariable(
                    "QUILT_MCP_TOKEN", UsedSecrets.note("a-token-that-stays")))) {
      assertThat(
              client
                  .send(modern("1", "ping", "{}"))
                  .hear()
                  .path("error")
                  .path("message")
                  .asString())
          .contains("QUILT_MCP_TOKEN", "--token-file")
          .doesNotContain("a-token-that-stays");
      server.next();
      assertThat(server.waiting()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no token",
    "'a b', holds spaces",
    "tök, holds spaces",
    "' \n', holds no token"
  })
  void refusesWhatIsNoToken(String text, String told) throws IOException {
    Path file = file(text);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TokenSource.ofFile(file))
        .satisfies(e -> assertThat(e.problems().getFirst()).contains(file.toString(), told));
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TokenSource.ofVariable("V", text));
  }

  @Test
  void refusesFilesThatAreTooLargeOrNotThere() throws IOException {
    Path file = file("x".repeat((16 << 10) + 1));
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TokenSource.ofFile(file))
        .satisfies(e -> assertThat(e.problems().getFirst()).contains("more than 16384 bytes"));
    assertThat(TokenSource.ofFile(file("x".repeat(16 << 10))).current()).isPresent();
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TokenSource.ofFile(folder.resolve("none")))
        .satisfies(e -> assertThat(e.problems().getFirst()).contains("cannot be read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://quilt.example/mcp",
        "HTTPS://quilt.example:8443/mcp?x=1",
        "http://localhost:8000/mcp",
        "http://127.0.0.1/mcp",
        "http://127.1.2.3/mcp",
        "http://[::1]:8000/mcp"
      })
  void tokenIsShownToTheseAddresses(String url) {
    ProxyConfig config = ProxyConfig.of(RemoteUrl.parse(url), TokenSource.ofVariable("V", "t"));
    assertThat(config.token().isSent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://quilt.example/mcp",
        "HTTP://10.0.0.1/mcp",
        "http://localhost.evil.example/mcp",
        "http://127.0.0.1.evil.example/mcp",
        "http://[::2]/mcp"
      })
  void tokenIsNotShownToThose(String url) {
    RemoteUrl remote = RemoteUrl.parse(url);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> ProxyConfig.of(remote, TokenSource.ofVariable("V", "t")))
        .satisfies(e -> assertThat(e.problems().getFirst()).contains("--url", "https://"));
    assertThat(ProxyConfig.of(remote, TokenSource.none()).token().isSent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quilt.example/mcp",
        "ftp://quilt.example/mcp",
        "https:///mcp",
        "https://user:pass@quilt.example/mcp",
        "https://quilt.example/mcp#part",
        "https://quilt example/mcp"
      })
  void refusesWhatIsNoAddress(String url) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> RemoteUrl.parse(url))
        .satisfies(e -> assertThat(e.problems().getFirst()).startsWith("--url: "));
  }
}
