package com.quiltdata.mcp;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.ReadAlong;
import com.quiltdata.mcp.schema.SentMessages;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The real program in a process of its own, without a terminal and with no variable but those of
/// the test. It never outlives the test.
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
  private final List<Thread> readers = new ArrayList<>();
  private final SentMessages messages = SentMessages.conversation();
  private final OutputStream input;

  private static final class Holder {
    static final KeptLines LOGS =
        new KeptLines("test-logs", "programs-%d.log".formatted(ProcessHandle.current().pid()));
  }

  /// What a process left behind.
  record Finished(int exitCode, String out, String err) {}

  private ServerProcess(Map<String, String> environment, String... arguments) {
    UsedSecrets.noteAll(environment);
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    input = new ReadAlong(process.getOutputStream(), messages::asks);
    boolean mints = List.of(arguments).contains("token");
    read(
        process.inputReader(StandardCharsets.UTF_8),
        line -> {
          if (line.startsWith("{\"jsonrpc\"") || line.startsWith("[")) {
            messages.hears(line.getBytes(StandardCharsets.UTF_8));
          } else if (mints && line.startsWith("eyJ")) {
            UsedSecrets.sent(line);
          } else {
            Holder.LOGS.add(line);
          }
          out.add(line);
          arriving.add(line);
        });
    read(
        process.errorReader(StandardCharsets.UTF_8),
        line -> {
          Holder.LOGS.add(line);
          err.add(line);
        });
  }

  /// Starts a server on a free port and waits until it serves.
  static ServerProcess serving(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", "0"));
    ServerProcess server = new ServerProcess(environment, all.toArray(String[]::new));
    server.event("startup");
    return server;
  }

  /// Starts the program and lets it be.
  static ServerProcess started(Map<String, String> environment, String... arguments) {
    return new ServerProcess(environment, arguments);
  }

  /// Runs the program to its end.
  static Finished run(Map<String, String> environment, String... arguments) {
    try (ServerProcess program = new ServerProcess(environment, arguments)) {
      return program.finished();
    }
  }

  /// How the program is started, for a client that starts it itself.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(javaCommand(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto"));
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The classes of the program and the jars of the test class path, but not the test's classes.
  private static String classPath() {
    try {
      Path classes =
          Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes
          + File.pathSeparator
          + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .filter(entry -> entry.endsWith(".jar"))
              .collect(Collectors.joining(File.pathSeparator));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(BufferedReader from, Consumer<String> lines) {
    readers.add(
        Thread.ofVirtual()
            .start(() -> {
              try (from) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                  lines.accept(line);
                }
              } catch (IOException _) {
                // The process is gone.
              }
            }));
  }

  /// The next line on standard output.
  String line() {
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (System.nanoTime() < end) {
        String line = arriving.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          return line;
        }
        if (readers.stream().noneMatch(Thread::isAlive) && arriving.isEmpty()) {
          break;
        }
      }
      throw new AssertionError("no line; standard error: " + errors());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The next event of this name in the log.
  JsonNode event(String name) {
    while (true) {
      JsonNode line = JSON.read(line());
      if (line.path("event").asString("").equals(name)) {
        return line;
      }
    }
  }

  /// The address of the MCP endpoint.
  URI url() {
    return out.stream()
        .map(JSON::read)
        .filter(line -> line.path("event").asString("").equals("startup"))
        .map(line -> URI.create(line.path("url").stringValue()))
        .findFirst()
        .orElseThrow();
  }

  /// What the program reads. With the sub-command stdio, the messages of a client.
  OutputStream input() {
    return input;
  }

  String output() {
    return String.join("\n", out);
  }

  String errors() {
    return String.join("\n", err);
  }

  /// Asks it to end, as a container runtime does.
  void terminate() {
    // Not Process.destroy(), which closes the pipes with what is still in them.
    process.toHandle().destroy();
  }

  /// Waits for its end.
  Finished finished() {
    try {
      if (!process.waitFor(Duration.ofSeconds(PATIENCE_SECONDS))) {
        throw new AssertionError("still running; standard error: " + errors());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return new Finished(process.exitValue(), output(), errors());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
