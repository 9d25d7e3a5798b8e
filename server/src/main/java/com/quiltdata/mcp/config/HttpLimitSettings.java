package com.quiltdata.mcp.config;

import java.time.Duration;
import java.util.List;

/// How much and how long the server reads, holds and waits.
public final class HttpLimitSettings {
  public static final Setting<Long> MAX_REQUEST_LINE =
      Setting.size("MCP_MAX_REQUEST_LINE", "Longest request line.", 1 << 10, 64 << 10).or("8KiB");

  public static final Setting<Long> MAX_HEADER_BYTES =
      Setting.size("MCP_MAX_HEADER_BYTES", "Longest header block.", 4 << 10, 1 << 20).or("64KiB");

  public static final Setting<Integer> MAX_HEADERS =
      Setting.whole("MCP_MAX_HEADERS", "Most headers of a request.", 10, 1_000).or("100");

  public static final Setting<Long> MAX_BODY_BYTES =
      Setting.size("MCP_MAX_BODY_BYTES", "Longest body of a request.", 64 << 10, 64 << 20)
          .or("12MiB");

  public static final Setting<Long> MAX_BODIES_BYTES =
      Setting.size(
              "MCP_MAX_BODIES_BYTES",
              "Bodies of all requests under way together, at least one body.",
              64 << 10,
              1 << 30)
          .or("48MiB");

  public static final Setting<Integer> MAX_CONNECTIONS =
      Setting.whole("MCP_MAX_CONNECTIONS", "Most TCP connections.", 1, 100_000).or("1024");

  public static final Setting<Integer> MAX_REQUESTS =
      Setting.whole("MCP_MAX_REQUESTS", "Most requests in work.", 1, 10_000).or("64");

  public static final Setting<Integer> MAX_WAITING =
      Setting.whole("MCP_MAX_WAITING", "Most requests that wait for their turn.", 0, 10_000)
          .or("32");

  public static final Setting<Duration> MAX_WAIT =
      Setting.duration(
              "MCP_MAX_WAIT",
              "Longest wait for a turn.",
              Duration.ofMillis(1),
              Duration.ofMinutes(1))
          .or("2s");

  public static final Setting<Duration> HEADER_TIMEOUT =
      Setting.duration(
              "MCP_HEADER_TIMEOUT",
              "Time in which the headers of a request must arrive.",
              Duration.ofMinutes(5))
          .or("10s");

  public static final Setting<Duration> BODY_TIMEOUT =
      Setting.duration(
              "MCP_BODY_TIMEOUT",
              "Time in which the body of a request must arrive.",
              Duration.ofMinutes(10))
          .or("30s");

  public static final Setting<Long> BODY_RATE =
      Setting.size(
              "MCP_BODY_RATE",
              "Fewest bytes of a body a second, over the time of MCP_BODY_RATE_WINDOW; slower ones"
                  + " are given up.",
              0,
              1 << 20)
          .or("1KiB");

  public static final Setting<Duration> BODY_RATE_WINDOW =
      Setting.duration(
              "MCP_BODY_RATE_WINDOW",
              "Time over which the speed of a body is measured.",
              Duration.ofMinutes(1))
          .or("10s");

  public static final Setting<Duration> WRITE_TIMEOUT =
      Setting.duration(
              "MCP_WRITE_TIMEOUT",
              "Time that a client may leave an answer unread.",
              Duration.ofMinutes(10))
          .or("30s");

  public static final Setting<Duration> IDLE_TIMEOUT =
      Setting.duration(
              "MCP_IDLE_TIMEOUT",
              "Life of an idle connection; longer than the balancer's.",
              Duration.ofHours(1))
          .or("90s");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Limits of connections and requests",
          List.of(
              MAX_REQUEST_LINE,
              MAX_HEADER_BYTES,
              MAX_HEADERS,
              MAX_BODY_BYTES,
              MAX_BODIES_BYTES,
              MAX_CONNECTIONS,
              MAX_REQUESTS,
              MAX_WAITING,
              MAX_WAIT,
              HEADER_TIMEOUT,
              BODY_TIMEOUT,
              BODY_RATE,
              BODY_RATE_WINDOW,
              WRITE_TIMEOUT,
              IDLE_TIMEOUT));

  private HttpLimitSettings() {}
}
