package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.replica.PeerName;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which settings make which replica, and which none.
final class ReplicaSetupTest {
  private static final String TOKENS = UsedSecrets.note("0123456789-abcdefghij-0123456789");
  private static final String STATE = UsedSecrets.named("of the state");
  private static final String OLD = UsedSecrets.named("before it");

  private static ServerConfig config(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("QUILT_LOCAL_ROOT", "sample");
    return ServerConfig.from(
        Settings.resolve(Map.of(), all, Map.of()),
        new BuildInfo("1.2.3", "abc"),
        false,
        new HostFolders(Path.of("/home/user"), Path.of("/temporary"), Path.of("/current")));
  }

  /// On an address that others reach, unless the settings say otherwise.
  private static Map<String, String> production(String... more) {
    Map<String, String> environment =
        new HashMap<>(Map.of("FASTMCP_ADDR", "0.0.0.0", "MCP_ENHANCED_JWT_SECRET", TOKENS));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static List<String> problems(Map<String, String> environment) {
    try {
      config(environment);
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
    return List.of();
  }

  private static void isRefused(Map<String, String> environment, String... told) {
    assertThat(problems(environment)).singleElement().asString().contains(told);
    assertThat(problems(environment).toString()).doesNotContain(STATE, TOKENS, OLD);
  }

  @Test
  void serverOnThisMachineIsAloneUnlessOthersAreNamed() {
    ReplicaSetup local = config(Map.of()).replicas();
    assertThat(local.isAlone()).isTrue();
    assertThat(local.peers()).isEmpty();
    assertThat(local.port()).isEqualTo(8001);
    assertThat(local.secrets()).isEmpty();
    assertThat(config(Map.of("MCP_ENHANCED_JWT_SECRET", TOKENS)).replicas().isAlone()).isTrue();
    assertThat(
            config(Map.of("MCP_PEERS", "127.0.0.1:9001", "MCP_STATE_SECRET", "short"))
                .replicas()
                .isAlone())
        .isFalse();
  }

  @Test
  void serverForOthersMayHaveReplicasUnlessItIsSaidToBeSingle() {
    ServerConfig unknown = config(production("MCP_STATE_SECRET", STATE));
    assertThat(unknown.replicas().isAlone()).isFalse();
    assertThat(unknown.replicas().peers()).isEmpty();
    assertThat(unknown.warnings()).isEmpty();
    assertThat(
            config(production("MCP_STATE_SECRET", STATE, "MCP_PEERS", "single"))
                .replicas()
                .isAlone())
        .isTrue();
  }

  @Test
  void peersAreReadWithTheirPortAndSecrets() {
    ReplicaSetup setup =
        config(
                production(
                    "MCP_STATE_SECRET",
                    STATE,
                    "MCP_STATE_PREVIOUS_SECRET",
                    OLD,
                    "MCP_PEER_PORT",
                    "9001",
                    "MCP_PEERS",
                    "10.0.0.5:8001, dns:mcp.internal"))
            .replicas();
    assertThat(setup.isAlone()).isFalse();
    assertThat(setup.peers())
        .containsExactly(PeerName.parse("10.0.0.5:8001"), PeerName.parse("dns:mcp.internal"));
    assertThat(setup.port()).isEqualTo(9001);
    assertThat(setup.secrets()).containsExactly(STATE, OLD);
    assertThat(setup.toString()).doesNotContain(STATE, OLD);
  }

  @Test
  void withoutASecretFeaturesThatCrossReplicasAreOff() {
    assertThat(config(production()).warnings())
        .singleElement()
        .asString()
        .contains("MCP_STATE_SECRET", "features that cross replicas are off:");
    assertThat(config(production("MCP_PEERS", "single")).warnings())
        .singleElement()
        .asString()
        .contains("MCP_STATE_SECRET", "ends with this process");
    isRefused(
        production("MCP_PEERS", "10.0.0.5:8001"), "MCP_STATE_SECRET is missing", "openssl rand");
    isRefused(Map.of("MCP_PEERS", "127.0.0.1:1"), "MCP_STATE_SECRET is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", "dns:", "http://10.0.0.5:8001", "10.0.0.5:0"})
  void peersOfAnotherFormAreRefused(String peers) {
    isRefused(
        production("MCP_STATE_SECRET", STATE, "MCP_PEERS", peers),
        "MCP_PEERS: '" + peers,
        "host:port",
        "dns:name");
  }

  @Test
  void singleNamesNobodyElse() {
    isRefused(
        production("MCP_STATE_SECRET", STATE, "MCP_PEERS", "single,10.0.0.5:8001"),
        "MCP_PEERS says single");
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_ENHANCED_JWT_SECRET, MCP_STATE_SECRET",
    "MCP_ENHANCED_JWT_PREVIOUS_SECRET, MCP_STATE_SECRET",
    "MCP_ENHANCED_JWT_SECRET, MCP_STATE_PREVIOUS_SECRET"
  })
  void secretOfTheTokensSealsNothing(String tokens, String state) {
    Map<String, String> environment =
        production("MCP_STATE_SECRET", OLD, "MCP_ENHANCED_JWT_PREVIOUS_KID", "old");
    environment.put(tokens, STATE);
    environment.put(state, STATE + "\n");
    assertThat(String.join("\n", problems(environment)))
        .contains("%s is the same as %s".formatted(state, tokens))
        .doesNotContain(STATE);
  }

  @Test
  void weakSecretIsForThisMachineOnly() {
    isRefused(production("MCP_STATE_SECRET", "short"), "MCP_STATE_SECRET is shorter than 32 bytes");
    isRefused(
        production("MCP_STATE_SECRET", STATE, "MCP_STATE_PREVIOUS_SECRET", "a".repeat(40)),
        "MCP_STATE_PREVIOUS_SECRET is one repeated character");
    Map<String, String> development =
        Map.of("MCP_ENHANCED_JWT_SECRET", TOKENS, "MCP_STATE_SECRET", "short");
    isRefused(development, "MCP_STATE_SECRET is shorter than 32 bytes");
    Map<String, String> forgiving = new HashMap<>(development);
    forgiving.put("MCP_ALLOW_INSECURE_SECRET", "true");
    assertThat(config(forgiving).warnings())
        .singleElement()
        .asString()
        .contains("MCP_STATE_SECRET is shorter");
    assertThat(config(Map.of("MCP_STATE_SECRET", "short")).warnings()).isEmpty();
  }

  @Test
  void oldSecretNeedsANewOne() {
    isRefused(
        production("MCP_STATE_PREVIOUS_SECRET", OLD, "MCP_PEERS", "single"),
        "MCP_STATE_PREVIOUS_SECRET is set without MCP_STATE_SECRET");
  }

  @Test
  void portOfTheReplicasIsNotThatOfTheClients() {
    isRefused(
        production(
            "MCP_STATE_SECRET", STATE,
            "MCP_PEERS", "10.0.0.5:8001",
            "FASTMCP_PORT", "9000",
            "MCP_PEER_PORT", "9000"),
        "MCP_PEER_PORT and FASTMCP_PORT (--port) are both 9000");
    isRefused(
        production(
            "MCP_STATE_SECRET", STATE, "MCP_PEERS", "dns:mcp.internal", "MCP_PEER_PORT", "0"),
        "MCP_PEER_PORT is 0");
  }

  @Test
  void stdioHasNoReplicas() {
    ServerConfig config =
        config(
            production(
                "FASTMCP_TRANSPORT", "stdio",
                "MCP_STATE_SECRET", STATE,
                "MCP_PEERS", "10.0.0.5:8001"));
    assertThat(config.replicas().isAlone()).isTrue();
    assertThat(config.replicas().peers()).isEmpty();
    assertThat(config.warnings()).singleElement().asString().startsWith("MCP_PEERS has no effect");
  }
}
