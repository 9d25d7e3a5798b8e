package com.quiltdata.mcp.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Every setting of the server, once. Each says what it is in its description.
public final class ServerSettings {
  /// How clients reach the server.
  public enum Transport {
    /// Streamable HTTP.
    HTTP,
    /// The same under its long name.
    STREAMABLE_HTTP,
    /// Standard input and output of this process.
    STDIO
  }

  /// Where buckets are kept.
  public enum Storage {
    /// Sub-folders of a local folder.
    LOCAL,
    /// Amazon S3.
    S3
  }

  /// How log lines look.
  public enum LogFormat {
    /// Readable on a terminal, JSON elsewhere.
    AUTO,
    /// One JSON object a line.
    JSON,
    /// For a person.
    TEXT
  }

  /// How much is logged.
  public enum LogThreshold {
    /// Everything.
    TRACE,
    /// Detail for developers.
    DEBUG,
    /// The normal course of things.
    INFO,
    /// What may be wrong.
    WARN,
    /// The same under its long name.
    WARNING,
    /// What failed.
    ERROR
  }

  public static final Setting<String> HOST =
      Setting.of("FASTMCP_ADDR", "The address to listen on.", Readers.text())
          .alsoNamed("FASTMCP_HOST")
          .withFlag("--host")
          .or("127.0.0.1");

  public static final Setting<Integer> PORT =
      Setting.of(
              "FASTMCP_PORT",
              "The port to listen on; 0 takes a free one.",
              Readers.whole(0, 65_535))
          .withFlag("--port")
          .or("8000");

  public static final Setting<Transport> TRANSPORT =
      Setting.of(
              "FASTMCP_TRANSPORT", "How clients reach the server.", Readers.choice(Transport.class))
          .or("http");

  public static final Setting<String> SERVER_NAME =
      Setting.of("MCP_SERVER_NAME", "The name that the server tells its clients.", Readers.text())
          .or("quilt-mcp-server");

  public static final Setting<String> SERVER_VERSION =
      Setting.of(
          "MCP_SERVER_VERSION",
          "The version that the server tells; the build's own by default.",
          Readers.text());

  public static final Setting<LogThreshold> LOG_LEVEL =
      Setting.of("LOG_LEVEL", "How much is logged.", Readers.choice(LogThreshold.class)).or("INFO");

  public static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
              "MCP_LOG_FORMAT",
              "How log lines look; auto is text on a terminal and JSON elsewhere.",
              Readers.choice(LogFormat.class))
          .or("auto");

  public static final Setting<Path> LOCAL_ROOT =
      Setting.of(
              "QUILT_LOCAL_ROOT",
              "The folder whose sub-folders are the buckets; `sample` stands for the registry that ships with the server.",
              text -> Path.of(Readers.text().read(text)))
          .withFlag("--root");

  /// What [#LOCAL_ROOT] holds for the registry that ships with the server.
  public static final Path SAMPLE = Path.of("sample");

  public static final Setting<Storage> STORAGE =
      Setting.of(
          "QUILT_STORAGE",
          "Where buckets are kept; local when a folder is given or in local mode, else s3.",
          Readers.choice(Storage.class));

  public static final Setting<Boolean> REQUIRE_TOKEN =
      Setting.of(
              "MCP_REQUIRE_TOKEN",
              "Whether calls need a token; only local mode can do without.",
              Readers.flag())
          .withFlag("--require-token");

  public static final Setting<String> JWT_SECRET =
      Setting.of(
              "MCP_ENHANCED_JWT_SECRET",
              "The secret that signs the catalog's tokens, at least 32 bytes.",
              Readers.secretText())
          .secret();

  public static final Setting<String> JWT_KID =
      Setting.of(
              "MCP_ENHANCED_JWT_KID",
              "The key id that tokens must carry; `none` takes any.",
              Readers.text())
          .or("frontend-enhanced");

  public static final Setting<String> JWT_PREVIOUS_SECRET =
      Setting.of(
              "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
              "The signing secret before the last rotation, still accepted.",
              Readers.secretText())
          .secret();

  public static final Setting<String> JWT_PREVIOUS_KID =
      Setting.of(
          "MCP_ENHANCED_JWT_PREVIOUS_KID", "The key id of the previous secret.", Readers.text());

  public static final Setting<String> JWT_ISSUER =
      Setting.of(
              "MCP_JWT_ISSUER",
              "The issuer that a token must name, if it names one.",
              Readers.text())
          .or("quilt-frontend");

  public static final Setting<String> JWT_AUDIENCE =
      Setting.of(
              "MCP_JWT_AUDIENCE",
              "The audience that a token must name, if it names one.",
              Readers.text())
          .or("quilt-mcp-server");

  public static final Setting<Boolean> JWT_REQUIRE_AUDIENCE =
      Setting.of(
              "MCP_JWT_REQUIRE_AUDIENCE",
              "Whether a token without an audience is refused.",
              Readers.flag())
          .or("false");

  public static final Setting<Boolean> ALLOW_INSECURE_SECRET =
      Setting.of(
              "MCP_ALLOW_INSECURE_SECRET",
              "Whether a short or published secret is let through on a loopback address.",
              Readers.flag())
          .or("false");

  public static final Setting<Boolean> OPEN_INITIALIZE =
      Setting.of(
              "MCP_OPEN_INITIALIZE",
              "Whether initialize, discover, ping and notifications need no token.",
              Readers.flag())
          .or("true");

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
      Setting.of(
              "MCP_PEER_PORT",
              "The port for the other replicas, open only with MCP_PEERS; 0 takes a free one.",
              Readers.whole(0, 65_535))
          .or("8001");

  public static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.of(
          "MCP_ALLOWED_ORIGINS",
          "The web origins that may call, comma-separated; by default that of QUILT_CATALOG_URL.",
          Readers.list());

  public static final Setting<List<String>> FORWARDED_ALLOW_IPS =
      Setting.of(
          "FASTMCP_FORWARDED_ALLOW_IPS",
          "The peers whose X-Forwarded-For is believed, comma-separated addresses or *.",
          Readers.list());

  public static final Setting<URI> CATALOG_URL =
      Setting.of("QUILT_CATALOG_URL", "The address of the Quilt catalog.", Readers.address());

  public static final Setting<URI> REGISTRY_URL =
      Setting.of(
          "QUILT_REGISTRY_URL",
          "The address of the catalog's registry service.",
          Readers.address());

  public static final Setting<String> REGION =
      Setting.of(
              "AWS_REGION",
              "The AWS region; S3 tells where a bucket is if not there.",
              Readers.text())
          .alsoNamed("AWS_DEFAULT_REGION")
          .or("us-east-1");

  public static final Setting<String> PROFILE =
      Setting.of(
          "AWS_PROFILE",
          "The profile of the AWS configuration files that reaches S3; without one, the first credentials that the AWS SDK finds.",
          Readers.text());

  public static final Setting<URI> S3_ENDPOINT =
      Setting.of(
              "AWS_ENDPOINT_URL_S3",
              "The address of a service that stands in for Amazon S3; buckets are then named in the path.",
              Readers.address())
          .alsoNamed("AWS_ENDPOINT_URL");

  public static final Setting<Path> CONFIG_FILE =
      Setting.of(
              "MCP_CONFIG_FILE",
              "A YAML or properties file with settings, keys as in `mcp-server-name`.",
              text -> Path.of(Readers.text().read(text)))
          .withFlag("--config");

  public static final Setting<Path> CACHE_FOLDER =
      Setting.of(
          "QUILT_MCP_CACHE",
          "Where the sample registry is unpacked; the user's cache folder by default.",
          text -> Path.of(Readers.text().read(text)));

  public static final Setting<Long> MAX_REQUEST_LINE =
      size("MCP_MAX_REQUEST_LINE", "Longest request line.", "8KiB", 1 << 10, 64 << 10);

  public static final Setting<Long> MAX_HEADER_BYTES =
      size("MCP_MAX_HEADER_BYTES", "Longest header block.", "64KiB", 4 << 10, 1 << 20);

  public static final Setting<Integer> MAX_HEADERS =
      Setting.of("MCP_MAX_HEADERS", "Most headers of a request.", Readers.whole(10, 1_000))
          .or("100");

  public static final Setting<Long> MAX_TOKEN_BYTES =
      size("MCP_MAX_TOKEN_BYTES", "Longest token.", "16KiB", 1 << 10, 64 << 10);

  public static final Setting<Long> MAX_BODY_BYTES =
      size("MCP_MAX_BODY_BYTES", "Longest body of a request.", "12MiB", 64 << 10, 64 << 20);

  public static final Setting<Long> MAX_CALL_BYTES =
      size(
          "MCP_MAX_CALL_BYTES",
          "Longest message that brings no contents of files.",
          "1MiB",
          64 << 10,
          64 << 20);

  public static final Setting<Long> MAX_BODIES_BYTES =
      size(
          "MCP_MAX_BODIES_BYTES",
          "Bodies of all requests under way together, at least one body.",
          "48MiB",
          64 << 10,
          1 << 30);

  public static final Setting<Long> MAX_RESULTS_BYTES =
      size(
          "MCP_MAX_RESULTS_BYTES",
          "Memory of the large results of all requests together, until they are written.",
          "96MiB",
          8 << 20,
          1 << 30);

  public static final Setting<Integer> MAX_JSON_DEPTH =
      Setting.of("MCP_MAX_JSON_DEPTH", "Deepest nesting of a request.", Readers.whole(8, 500))
          .or("64");

  public static final Setting<Integer> MAX_JSON_VALUES =
      Setting.of(
              "MCP_MAX_JSON_VALUES", "Most values in a request.", Readers.whole(1_000, 10_000_000))
          .or("100000");

  public static final Setting<Integer> MAX_JSON_NUMBER =
      Setting.of(
              "MCP_MAX_JSON_NUMBER",
              "Most characters in a number of a request.",
              Readers.whole(20, 1_000))
          .or("100");

  public static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of("MCP_MAX_CONNECTIONS", "Most TCP connections.", Readers.whole(1, 100_000))
          .or("1024");

  public static final Setting<Integer> MAX_REQUESTS =
      Setting.of("MCP_MAX_REQUESTS", "Most requests in work.", Readers.whole(1, 10_000)).or("64");

  public static final Setting<Integer> MAX_WAITING =
      Setting.of(
              "MCP_MAX_WAITING",
              "Most requests that wait for their turn.",
              Readers.whole(0, 10_000))
          .or("32");

  public static final Setting<Duration> MAX_WAIT =
      duration(
          "MCP_MAX_WAIT",
          "Longest wait for a turn.",
          "2s",
          Duration.ofMillis(1),
          Duration.ofMinutes(1));

  public static final Setting<Integer> USER_REQUESTS =
      Setting.of(
              "MCP_USER_REQUESTS",
              "Most requests of one user in work; no limit in local mode.",
              Readers.whole(1, 10_000))
          .or("8");

  public static final Setting<Integer> USER_RATE =
      Setting.of(
              "MCP_USER_RATE",
              "Messages of one user a second, in the long run; no limit in local mode.",
              Readers.whole(1, 100_000))
          .or("20");

  public static final Setting<Integer> USER_BURST =
      Setting.of(
              "MCP_USER_BURST",
              "Messages of one user at once, after a quiet time.",
              Readers.whole(1, 100_000))
          .or("40");

  public static final Setting<Integer> ADDRESS_RATE =
      Setting.of(
              "MCP_ADDRESS_RATE",
              "Messages without a token a second from one address, and twice as many at once; needs"
                  + " FASTMCP_FORWARDED_ALLOW_IPS behind a balancer.",
              Readers.whole(1, 100_000))
          .or("5");

  public static final Setting<Integer> FAILED_TOKEN_RATE =
      Setting.of(
              "MCP_FAILED_TOKEN_RATE",
              "Refused tokens a minute from one address that are told why; needs"
                  + " FASTMCP_FORWARDED_ALLOW_IPS behind a balancer.",
              Readers.whole(1, 100_000))
          .or("30");

  public static final Setting<Duration> HEADER_TIMEOUT =
      duration(
          "MCP_HEADER_TIMEOUT",
          "Time in which the headers of a request must arrive.",
          "10s",
          Duration.ofMillis(100),
          Duration.ofMinutes(5));

  public static final Setting<Duration> BODY_TIMEOUT =
      duration(
          "MCP_BODY_TIMEOUT",
          "Time in which the body of a request must arrive.",
          "30s",
          Duration.ofMillis(100),
          Duration.ofMinutes(10));

  public static final Setting<Duration> WRITE_TIMEOUT =
      duration(
          "MCP_WRITE_TIMEOUT",
          "Time that a client may leave an answer unread.",
          "30s",
          Duration.ofMillis(100),
          Duration.ofMinutes(10));

  public static final Setting<Duration> IDLE_TIMEOUT =
      duration(
          "MCP_IDLE_TIMEOUT",
          "Life of an idle connection; longer than the balancer's.",
          "90s",
          Duration.ofMillis(100),
          Duration.ofHours(1));

  public static final Setting<Duration> CALL_TIMEOUT =
      duration(
          "MCP_CALL_TIMEOUT",
          "Time of one call.",
          "50s",
          Duration.ofMillis(100),
          Duration.ofHours(1));

  public static final Setting<Duration> ANSWER_TIMEOUT =
      duration(
          "MCP_ANSWER_TIMEOUT",
          "Time that a person may take to answer a question of a running call.",
          "10m",
          Duration.ofMillis(100),
          Duration.ofHours(1));

  public static final Setting<Integer> MAX_STREAMS =
      Setting.of("MCP_MAX_STREAMS", "Most streams of news at once.", Readers.whole(0, 100_000))
          .or("200");

  public static final Setting<Integer> USER_STREAMS =
      Setting.of(
              "MCP_USER_STREAMS",
              "Most streams of news of one user; no limit in local mode.",
              Readers.whole(0, 100_000))
          .or("10");

  public static final Setting<Duration> STREAM_LIFE =
      duration(
          "MCP_STREAM_LIFE",
          "Life of a stream of news; clients then open another.",
          "1h",
          Duration.ofMillis(100),
          Duration.ofDays(1));

  public static final Setting<Integer> MAX_TASKS =
      Setting.of("MCP_MAX_TASKS", "Most tasks that run at once.", Readers.whole(0, 10_000))
          .or("64");

  public static final Setting<Integer> USER_TASKS =
      Setting.of(
              "MCP_USER_TASKS",
              "Most tasks of one user that run at once; no limit in local mode.",
              Readers.whole(0, 10_000))
          .or("8");

  public static final Setting<Duration> TASK_TIMEOUT =
      duration(
          "MCP_TASK_TIMEOUT",
          "Time of one task, waiting for answers included.",
          "1h",
          Duration.ofMillis(100),
          Duration.ofDays(1));

  public static final Setting<Duration> TASK_LIFE =
      duration(
          "MCP_TASK_LIFE",
          "How long a task can be asked for after it began; its result at least ten minutes.",
          "1h",
          Duration.ofMillis(100),
          Duration.ofDays(1));

  public static final Setting<Long> MAX_TASK_BYTES =
      size(
          "MCP_MAX_TASK_BYTES",
          "Memory of the results of all tasks that are kept.",
          "16MiB",
          1 << 20,
          1 << 30);

  /// All settings in the order in which they are shown.
  public static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          TRANSPORT,
          SERVER_NAME,
          SERVER_VERSION,
          LOG_LEVEL,
          LOG_FORMAT,
          CONFIG_FILE,
          STORAGE,
          LOCAL_ROOT,
          CACHE_FOLDER,
          REQUIRE_TOKEN,
          JWT_SECRET,
          JWT_KID,
          JWT_PREVIOUS_SECRET,
          JWT_PREVIOUS_KID,
          JWT_ISSUER,
          JWT_AUDIENCE,
          JWT_REQUIRE_AUDIENCE,
          ALLOW_INSECURE_SECRET,
          OPEN_INITIALIZE,
          STATE_SECRET,
          STATE_PREVIOUS_SECRET,
          PEERS,
          PEER_PORT,
          ALLOWED_ORIGINS,
          FORWARDED_ALLOW_IPS,
          CATALOG_URL,
          REGISTRY_URL,
          REGION,
          PROFILE,
          S3_ENDPOINT,
          MAX_REQUEST_LINE,
          MAX_HEADER_BYTES,
          MAX_HEADERS,
          MAX_TOKEN_BYTES,
          MAX_BODY_BYTES,
          MAX_CALL_BYTES,
          MAX_BODIES_BYTES,
          MAX_RESULTS_BYTES,
          MAX_JSON_DEPTH,
          MAX_JSON_VALUES,
          MAX_JSON_NUMBER,
          MAX_CONNECTIONS,
          MAX_REQUESTS,
          MAX_WAITING,
          MAX_WAIT,
          USER_REQUESTS,
          USER_RATE,
          USER_BURST,
          ADDRESS_RATE,
          FAILED_TOKEN_RATE,
          HEADER_TIMEOUT,
          BODY_TIMEOUT,
          WRITE_TIMEOUT,
          IDLE_TIMEOUT,
          CALL_TIMEOUT,
          ANSWER_TIMEOUT,
          MAX_STREAMS,
          USER_STREAMS,
          STREAM_LIFE,
          MAX_TASKS,
          USER_TASKS,
          TASK_TIMEOUT,
          TASK_LIFE,
          MAX_TASK_BYTES);

  /// Variables of older servers that deployments still set; they have no effect here.
  public static final List<String> IGNORED = List.of("PYTHONUNBUFFERED", "QUILT_DEPLOYMENT");

  private ServerSettings() {}

  private static Setting<Long> size(
      String name, String description, String fallback, long min, long max) {
    return Setting.of(name, description, Readers.size(min, max)).or(fallback);
  }

  private static Setting<Duration> duration(
      String name, String description, String fallback, Duration min, Duration max) {
    return Setting.of(name, description, Readers.duration(min, max)).or(fallback);
  }
}
