package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.SecretFinding;
import com.quiltdata.mcp.auth.SigningSecret;
import com.quiltdata.mcp.config.HttpSettings;
import com.quiltdata.mcp.config.ReplicaSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.TokenSettings;
import com.quiltdata.mcp.replica.PeerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the replicas of this server are found, and the secret that they share.
///
/// @param isAlone whether there is no other replica
/// @param peers where others may be; empty when they are not to be reached
/// @param port where this one listens for the others
/// @param secrets the newest first; empty when none is shared
public record ReplicaSetup(boolean isAlone, List<PeerName> peers, int port, List<String> secrets) {
  private static final String SINGLE = "single";
  private static final String REMEDY = " Make one with: openssl rand -hex 32";

  /// Copies the lists.
  public ReplicaSetup {
    peers = List.copyOf(peers);
    secrets = List.copyOf(secrets);
  }

  static ReplicaSetup from(Settings settings, Mode mode, boolean isStdio, Problems problems) {
    List<String> names = settings.find(ReplicaSettings.PEERS).orElse(List.of());
    boolean isSingle = names.contains(SINGLE);
    if (isSingle && names.size() > 1) {
      problems.error(
          "MCP_PEERS says single and names others too. Leave `single` out when there are several replicas.");
    }
    List<String> secrets = secrets(settings, mode, problems);
    List<PeerName> peers = isStdio || isSingle ? List.of() : peers(names, settings, problems);
    if (isStdio && !names.isEmpty() && !isSingle) {
      problems.warn(
          "MCP_PEERS has no effect with stdio: each client has a server of its own there");
    }
    if (!peers.isEmpty() && settings.find(ReplicaSettings.STATE_SECRET).isEmpty()) {
      problems.error(
          "MCP_STATE_SECRET is missing, and MCP_PEERS needs it: replicas know each other by it."
              + REMEDY);
    }
    if (mode == Mode.PRODUCTION && settings.find(ReplicaSettings.STATE_SECRET).isEmpty()) {
      problems.warn(
          isSingle
              ? "MCP_STATE_SECRET is not set: what clients hold of a session ends with this process"
              : "MCP_STATE_SECRET is not set: features that cross replicas are off: questions to users of older clients, change notifications, tasks; and what clients hold of a session is good for one process only");
    }
    boolean isAlone = isStdio || isSingle || (peers.isEmpty() && mode != Mode.PRODUCTION);
    return new ReplicaSetup(isAlone, peers, settings.get(ReplicaSettings.PEER_PORT), secrets);
  }

  private static List<PeerName> peers(List<String> names, Settings settings, Problems problems) {
    List<PeerName> peers = new ArrayList<>();
    names.stream()
        .filter(name -> !name.equals(SINGLE))
        .forEach(name ->
            problems
                .checked(ReplicaSettings.PEERS, () -> PeerName.parse(name))
                .ifPresent(peers::add));
    int port = settings.get(ReplicaSettings.PEER_PORT);
    if (!peers.isEmpty() && port != 0 && port == settings.get(HttpSettings.PORT)) {
      problems.error(
          "MCP_PEER_PORT and FASTMCP_PORT (--port) are both %d. Clients must not reach the port of the replicas: choose another."
              .formatted(port));
    }
    if (port == 0 && peers.stream().anyMatch(peer -> peer.port().isEmpty())) {
      problems.error(
          "MCP_PEER_PORT is 0, so the replicas behind a dns:name cannot be found. Choose one port for all of them.");
    }
    return peers;
  }

  private static List<String> secrets(Settings settings, Mode mode, Problems problems) {
    Optional<String> newest = settings.find(ReplicaSettings.STATE_SECRET);
    Optional<String> previous = settings.find(ReplicaSettings.STATE_PREVIOUS_SECRET);
    if (newest.isEmpty() && previous.isPresent()) {
      problems.error(
          "MCP_STATE_PREVIOUS_SECRET is set without MCP_STATE_SECRET. Set the new secret too, or leave the old one out.");
    }
    check(ReplicaSettings.STATE_SECRET, settings, mode, problems);
    check(ReplicaSettings.STATE_PREVIOUS_SECRET, settings, mode, problems);
    return newest.isEmpty()
        ? List.of()
        : Stream.concat(newest.stream(), previous.stream()).distinct().toList();
  }

  private static void check(
      Setting<String> setting, Settings settings, Mode mode, Problems problems) {
    Optional<String> secret = settings.find(setting);
    if (secret.isEmpty()) {
      return;
    }
    Stream.of(TokenSettings.JWT_SECRET, TokenSettings.JWT_PREVIOUS_SECRET)
        .filter(other -> settings.find(other).map(String::strip).equals(secret.map(String::strip)))
        .forEach(other ->
            problems.error(
                "%s is the same as %s, which the catalog knows.%s"
                    .formatted(setting.name(), other.name(), REMEDY)));
    if (mode == Mode.LOCAL) {
      return;
    }
    boolean isForgiving =
        mode == Mode.DEVELOPMENT && settings.get(TokenSettings.ALLOW_INSECURE_SECRET);
    for (SecretFinding finding : SigningSecret.of(secret.get()).findings()) {
      String text = setting.name() + " " + rule(finding) + ".";
      if (finding.isFatal() && !isForgiving) {
        problems.error(text + REMEDY);
      } else {
        problems.warn(text);
      }
    }
  }

  /// Not that of the tokens, where the rule comes from their algorithm.
  private static String rule(SecretFinding finding) {
    return finding == SecretFinding.TOO_SHORT
        ? "is shorter than 32 bytes, the least for a key of 256 bits"
        : finding.rule();
  }

  @Override
  public String toString() {
    return "ReplicaSetup[isAlone=%s, peers=%s, port=%d, secrets=***]"
        .formatted(isAlone, peers, port);
  }
}
