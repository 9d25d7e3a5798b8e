package com.quiltdata.mcp.config;

import java.time.Duration;
import java.util.List;

/// How large messages and results are, how long calls take, and how many clients listen.
public final class CallSettings {
  public static final Setting<Long> MAX_CALL_BYTES =
      Setting.size(
              "MCP_MAX_CALL_BYTES",
              "Longest message that brings no contents of files.",
              64 << 10,
              64 << 20)
          .or("1MiB");

  public static final Setting<Integer> MAX_JSON_DEPTH =
      Setting.whole("MCP_MAX_JSON_DEPTH", "Deepest nesting of a request.", 8, 500).or("64");

  public static final Setting<Integer> MAX_JSON_VALUES =
      Setting.whole("MCP_MAX_JSON_VALUES", "Most values in a request.", 1_000, 10_000_000)
          .or("100000");

  public static final Setting<Integer> MAX_JSON_NUMBER =
      Setting.whole("MCP_MAX_JSON_NUMBER", "Most characters in a number of a request.", 20, 1_000)
          .or("100");

  public static final Setting<Integer> MAX_JSON_NAME =
      Setting.whole(
              "MCP_MAX_JSON_NAME", "Most characters in a member's name of a request.", 64, 4_096)
          .or("256");

  public static final Setting<Long> MAX_RESULT_TEXT =
      Setting.size(
              "MCP_MAX_RESULT_TEXT",
              "Longest result of a tool, contents of objects left out; what is cut can be asked for.",
              512 << 10,
              8 << 20)
          .or("1MiB");

  public static final Setting<Long> MAX_OBJECT_READ =
      Setting.size(
              "MCP_MAX_OBJECT_READ",
              "Most bytes of an object that one call reads; the rest can be asked for.",
              64 << 10,
              10 << 20)
          .or("10MiB");

  public static final Setting<Duration> LINK_LIFE =
      Setting.duration(
              "MCP_LINK_LIFE",
              "Life of the links to objects in lists.",
              Duration.ofSeconds(1),
              Duration.ofDays(7))
          .or("1h");

  public static final Setting<Duration> MAX_LINK_LIFE =
      Setting.duration(
              "MCP_MAX_LINK_LIFE",
              "Longest life of any link, whatever a call asks for.",
              Duration.ofSeconds(1),
              Duration.ofDays(7))
          .or("168h");

  public static final Setting<Long> MAX_RESULTS_BYTES =
      Setting.size(
              "MCP_MAX_RESULTS_BYTES",
              "Memory of the large results of all requests together, until they are written.",
              8 << 20,
              1 << 30)
          .or("96MiB");

  public static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration("MCP_CALL_TIMEOUT", "Time of one call.", Duration.ofHours(1)).or("50s");

  public static final Setting<Duration> ANSWER_TIMEOUT =
      Setting.duration(
              "MCP_ANSWER_TIMEOUT",
              "Time that a person may take to answer a question of a running call.",
              Duration.ofHours(1))
          .or("10m");

  public static final Setting<Integer> MAX_STREAMS =
      Setting.whole("MCP_MAX_STREAMS", "Most streams of news at once.", 0, 100_000).or("200");

  public static final Setting<Integer> USER_STREAMS =
      Setting.whole(
              "MCP_USER_STREAMS",
              "Most streams of news of one user; no limit in local mode.",
              0,
              100_000)
          .or("10");

  public static final Setting<Duration> STREAM_LIFE =
      Setting.duration(
              "MCP_STREAM_LIFE",
              "Life of a stream of news; clients then open another.",
              Duration.ofDays(1))
          .or("1h");

  public static final Setting<Duration> STREAM_COMMENT =
      Setting.duration(
              "MCP_STREAM_COMMENT",
              "Longest silence on a stream; well below the balancer's patience.",
              Duration.ofMinutes(10))
          .or("15s");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Limits of messages, calls and streams",
          List.of(
              MAX_CALL_BYTES,
              MAX_JSON_DEPTH,
              MAX_JSON_VALUES,
              MAX_JSON_NUMBER,
              MAX_JSON_NAME,
              MAX_RESULT_TEXT,
              MAX_OBJECT_READ,
              LINK_LIFE,
              MAX_LINK_LIFE,
              MAX_RESULTS_BYTES,
              CALL_TIMEOUT,
              ANSWER_TIMEOUT,
              MAX_STREAMS,
              USER_STREAMS,
              STREAM_LIFE,
              STREAM_COMMENT));

  private CallSettings() {}
}
