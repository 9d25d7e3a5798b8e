package com.quiltdata.mcp.deploy.program;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that a training cannot go well with; a process of its own.
final class StubbornServer {
  /// Where it writes the number of the process that it starts.
  static final String CHILD = "child.pid";

  private StubbornServer() {}

  /// `unhealthy` is never well, `failing` ends with 3, `lingering` starts another process when it
  /// is asked to end, and does not. `token` prints one, `child` is that other process.
  public static void main(String[] args) throws IOException, InterruptedException {
    switch (args[0]) {
      case "token" -> System.out.println("token");
      case "child" -> new CountDownLatch(1).await();
      default -> serve(args[0]);
    }
  }

  private static void serve(String kind) throws IOException {
    AtomicInteger strangers = new AtomicInteger();
    int port = Integer.parseInt(System.getenv("FASTMCP_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean isHealth = exchange.getRequestURI().getPath().equals("/healthz");
            boolean isStranger =
                !isHealth && exchange.getRequestHeaders().getFirst("Authorization") == null;
            int status =
                isHealth && kind.equals("unhealthy")
                    ? 503
                    : isStranger && strangers.incrementAndGet() > 1 ? 401 : 200;
            exchange.sendResponseHeaders(status, -1);
          }
        });
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(kind)));
    server.start();
  }

  private static void end(String kind) {
    if (kind.equals("failing")) {
      Runtime.getRuntime().halt(3);
    }
    try {
      Process child =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  StubbornServer.class.getName(),
                  "child")
              .start();
      Files.writeString(Path.of(CHILD), Long.toString(child.pid()));
      child.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
