package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Start of the program.
public final class Main {
  private Main() {}

  private static final Duration TO_SAY_GOODBYE = Duration.ofSeconds(5);

  /// Runs the command line and ends the process with its exit code. Ctrl-C interrupts the command,
  /// which then says how to go on.
  ///
  /// @param args as the shell gave them
  public static void main(String[] args) {
    CountDownLatch over = new CountDownLatch(1);
    Thread command = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              if (over.getCount() > 0) {
                command.interrupt();
                waitFor(over);
              }
            }));
    int code;
    try {
      code = DeployCli.run(args, Surroundings.ofProcess());
    } finally {
      over.countDown();
    }
    System.exit(code);
  }

  private static void waitFor(CountDownLatch over) {
    try {
      boolean inTime = over.await(TO_SAY_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("Interrupted; what had begun in AWS goes on. Next: deploy-cli status");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
