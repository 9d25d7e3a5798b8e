package com.quiltdata.mcp.config;

import java.util.List;

/// How the replicas of a server find each other, and the secret that they share.
public final class ReplicaSettings {
  public static final Setting<String> STATE_SECRET =
      Setting.of(
              "MCP_STATE_SECRET",
              "The secret that seals session ids, cursors and messages between replicas, the same for all of them and at least 32 bytes; never that of the tokens.",
              Readers.secretText())
          .secret();

  public static final Setting<String> STATE_PREVIOUS_SECRET =
      Setting.of(
              "MCP_STATE_PREVIOUS_SECRET",
              "The sealing secret before the last rotation, still accepted.",
              Readers.secretText())
          .secret();

  public static final Setting<List<String>> PEERS =
      Setting.of(
          "MCP_PEERS",
          "Where the other replicas are: `host:port` and `dns:name`, comma-separated; or `single` when there is no other.",
          Readers.list());

  public static final Setting<Integer> PEER_PORT =
      Setting.whole(
              "MCP_PEER_PORT",
              "The port for the other replicas, open only with MCP_PEERS; 0 takes a free one.",
              0,
              65_535)
          .or("8001");

  static final SettingGroup GROUP =
      new SettingGroup("Replicas", List.of(STATE_SECRET, STATE_PREVIOUS_SECRET, PEERS, PEER_PORT));

  private ReplicaSettings() {}
}
