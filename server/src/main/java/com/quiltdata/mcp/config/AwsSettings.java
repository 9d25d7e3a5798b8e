package com.quiltdata.mcp.config;

import java.time.Duration;
import java.util.List;

/// How long AWS services are waited for, how much they are asked, and when they are left alone.
public final class AwsSettings {
  public static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration(
              "MCP_AWS_CONNECT_TIMEOUT",
              "Time in which an AWS service must take a connection.",
              Duration.ofMillis(10),
              Duration.ofSeconds(10))
          .or("1s");

  public static final Setting<Duration> ATTEMPT_TIMEOUT =
      Setting.duration(
              "MCP_AWS_ATTEMPT_TIMEOUT",
              "Time of one request to an AWS service, the body of an object left out.",
              Duration.ofMinutes(1))
          .or("5s");

  public static final Setting<Duration> BODY_TIMEOUT =
      Setting.duration(
              "MCP_AWS_BODY_TIMEOUT",
              "Time without a byte that ends the body of an object, either way.",
              Duration.ofMinutes(1))
          .or("10s");

  public static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
              "MCP_AWS_CALL_TIMEOUT",
              "Time of all requests together that ask an AWS service for the same.",
              Duration.ofMinutes(5))
          .or("20s");

  public static final Setting<Integer> ATTEMPTS =
      Setting.whole(
              "MCP_AWS_ATTEMPTS",
              "Most requests that ask an AWS service for the same, the first included.",
              1,
              10)
          .or("3");

  public static final Setting<Duration> FIRST_PAUSE =
      Setting.duration(
              "MCP_AWS_FIRST_PAUSE",
              "Longest pause before the second request; it doubles with each, and is random.",
              Duration.ofMillis(1),
              Duration.ofSeconds(10))
          .or("100ms");

  public static final Setting<Duration> LONGEST_PAUSE =
      Setting.duration(
              "MCP_AWS_LONGEST_PAUSE",
              "Longest pause before any request.",
              Duration.ofMillis(1),
              Duration.ofMinutes(1))
          .or("2s");

  public static final Setting<Integer> RETRY_PERCENT =
      Setting.whole(
              "MCP_AWS_RETRY_PERCENT",
              "Second and further requests to an AWS service, in hundredths of the calls; ten more"
                  + " are saved up.",
              0,
              100)
          .or("10");

  public static final Setting<Integer> CONNECTIONS =
      Setting.whole(
              "MCP_AWS_CONNECTIONS",
              "Most connections to one AWS service in one region; who finds none waits.",
              1,
              1_000)
          .or("50");

  public static final Setting<Integer> BREAKER_PERCENT =
      Setting.whole(
              "MCP_BREAKER_PERCENT",
              "Failures, in hundredths of the requests, from which on a service is left alone.",
              1,
              100)
          .or("50");

  public static final Setting<Integer> BREAKER_REQUESTS =
      Setting.whole(
              "MCP_BREAKER_REQUESTS",
              "Fewest requests within the window that decide on it.",
              1,
              10_000)
          .or("20");

  public static final Setting<Duration> BREAKER_WINDOW =
      Setting.duration(
              "MCP_BREAKER_WINDOW",
              "Time over which they are counted, whole seconds.",
              Duration.ofSeconds(1),
              Duration.ofMinutes(5))
          .or("10s");

  public static final Setting<Duration> BREAKER_PAUSE =
      Setting.duration(
              "MCP_BREAKER_PAUSE",
              "Time after which one request tries a service again that was left alone.",
              Duration.ofMinutes(5))
          .or("5s");

  public static final Setting<Duration> DNS_CACHE =
      Setting.duration(
              "MCP_DNS_CACHE",
              "Time for which the address of a host is kept, whole seconds.",
              Duration.ZERO,
              Duration.ofHours(1))
          .or("30s");

  public static final Setting<Duration> DNS_FAILURE_CACHE =
      Setting.duration(
              "MCP_DNS_FAILURE_CACHE",
              "Time for which a host without an address is kept, whole seconds.",
              Duration.ZERO,
              Duration.ofMinutes(1))
          .or("1s");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Limits of the services behind this one",
          List.of(
              CONNECT_TIMEOUT,
              ATTEMPT_TIMEOUT,
              BODY_TIMEOUT,
              CALL_TIMEOUT,
              ATTEMPTS,
              FIRST_PAUSE,
              LONGEST_PAUSE,
              RETRY_PERCENT,
              CONNECTIONS,
              BREAKER_PERCENT,
              BREAKER_REQUESTS,
              BREAKER_WINDOW,
              BREAKER_PAUSE,
              DNS_CACHE,
              DNS_FAILURE_CACHE));

  private AwsSettings() {}
}
