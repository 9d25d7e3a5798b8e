package com.quiltdata.mcp.deploy.program;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A start of the server and its first calls, as they are behind a load balancer: with tokens, and
/// with buckets of S3, which [TrainingBuckets] plays.
///
/// @param java starts the server and records
/// @param runtime mints the token
/// @param program likewise
/// @param work a folder of its own
/// @param patience for the server to serve, to answer, and to end
record TrainingRun(
    List<String> java, JavaRuntime runtime, ServerProgram program, Path work, Duration patience) {
  /// Changes with what is called.
  static final String KEY = Digests.of(String.join("\n", calls()));

  /// A message of the revisions that want to see it in headers too.
  private static final Pattern MODERN =
      Pattern.compile("\"method\":\"([^\"]+)\".*/protocolVersion\":\"([^\"]+)\"");

  /// Enough for a machine that has much else to do.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration TO_VANISH = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int SECRET_BYTES = 32;
  private static final int UNAUTHORIZED = 401;
  private static final int OK = 200;
  private static final int LAST_LINES = 20;

  /// Runs it; the server ends by itself at the end.
  ///
  /// @throws Failure [ExitCode#BUILD_FAILED] with what the server said when it does not serve
  void run() throws IOException {
    Path log = work.resolve("server.log");
    try (TrainingBuckets buckets = TrainingBuckets.open()) {
      int port = freePort();
      Map<String, String> settings = settings(port, buckets.address());
      ProcessBuilder builder = builder(java, settings).redirectErrorStream(true);
      Process server = builder.redirectOutput(log.toFile()).start();
      try {
        train(server, URI.create("http://127.0.0.1:" + port), settings);
        server.destroy();
        if (!server.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw failed("The server did not end within %s".formatted(patience), log);
        }
        if (server.exitValue() != 0) {
          throw failed("The server ended with %d".formatted(server.exitValue()), log);
        }
      } catch (IOException e) {
        throw failed("The server does not answer: " + e.getMessage(), log).because(e);
      } finally {
        end(server);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted during the training").because(e);
    }
  }

  /// The server, and the second Java that writes the cache at its end.
  private static void end(Process server) {
    List<ProcessHandle> all =
        Stream.concat(server.descendants(), Stream.of(server.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().completeOnTimeout(one, TO_VANISH.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  private void train(Process server, URI address, Map<String, String> settings)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      awaitHealth(server, http, address.resolve("/healthz"));
      String token =
          output(
                  List.of(
                      runtime.java().toString(),
                      "-jar",
                      program.jar().toString(),
                      "token",
                      "--bucket",
                      "*"),
                  work,
                  settings)
              .strip();
      List<String> calls = calls();
      send(http, address, calls.getFirst(), "", OK);
      send(http, address, calls.getLast(), "", UNAUTHORIZED);
      for (String call : calls) {
        send(http, address, call, "Bearer " + token, OK);
      }
    }
  }

  private void awaitHealth(Process server, HttpClient http, URI health)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(health).timeout(patience).build();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      IOException why;
      try {
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status == OK) {
          return;
        }
        why = new IOException("HTTP %d to /healthz, for %s".formatted(status, patience));
      } catch (IOException e) {
        why = e;
      }
      if (System.nanoTime() - end > 0) {
        throw why;
      }
      if (server.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it ended with " + server.exitValue());
      }
    }
  }

  private void send(HttpClient http, URI address, String call, String authorization, int wanted)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/mcp"))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(call));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    Matcher modern = MODERN.matcher(call);
    if (modern.find()) {
      request.header("Mcp-Method", modern.group(1)).header("MCP-Protocol-Version", modern.group(2));
    }
    int status = http.send(request.build(), BodyHandlers.ofString()).statusCode();
    if (status != wanted) {
      throw new IOException("HTTP %d, not %d, to %s".formatted(status, wanted, call));
    }
  }

  /// One message a line.
  private static List<String> calls() {
    try (InputStream in =
        Objects.requireNonNull(TrainingRun.class.getResourceAsStream("training.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(int port, URI buckets) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Map.of(
        "FASTMCP_PORT", Integer.toString(port),
        "MCP_ENHANCED_JWT_SECRET", HexFormat.of().formatHex(secret),
        "MCP_ALLOW_TASK_ROLE", "true",
        "QUILT_STORAGE", "s3",
        "AWS_ENDPOINT_URL", buckets.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "training",
        "AWS_SECRET_ACCESS_KEY", "training",
        "AWS_EC2_METADATA_DISABLED", "true");
  }

  private ProcessBuilder builder(List<String> command, Map<String, String> settings) {
    return builder(command, work, settings);
  }

  private static ProcessBuilder builder(
      List<String> command, Path work, Map<String, String> settings) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(settings);
    builder.environment().put("HOME", work.toString());
    return builder;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Failure failed(String what, Path log) {
    return Failure.of(ExitCode.BUILD_FAILED, "The training of the cache of classes failed. " + what)
        .showing(lines(log))
        .next("the same with --no-aot");
  }

  private static List<String> lines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      // What the recording leaves out is many lines, and nothing went wrong with it.
      List<String> all = lines.filter(line -> !line.contains("[aot]")).toList();
      return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
    } catch (IOException _) {
      return List.of();
    }
  }

  /// What a command of the program prints.
  ///
  /// @throws Failure [ExitCode#BUILD_FAILED] when it fails
  static String output(List<String> command, Path work) {
    return output(command, work, Map.of());
  }

  private static String output(List<String> command, Path work, Map<String, String> settings) {
    Path errors = work.resolve("errors.log");
    try {
      Process process = builder(command, work, settings).redirectError(errors.toFile()).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw failed("%s ended with %d".formatted(command.getLast(), process.exitValue()), errors);
      }
      return text;
    } catch (IOException e) {
      throw failed("%s: %s".formatted(command.getFirst(), e.getMessage()), errors).because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted during the training").because(e);
    }
  }
}
