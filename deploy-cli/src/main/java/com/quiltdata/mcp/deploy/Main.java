package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Start of the program.
public final class Main {
  /// Commands that somebody may want to leave.
  private static final Set<String> LONG =
      Set.of("deploy", "rollback", "wait", "abort", "logs", "build", "plan", "validate", "base");

  private Main() {}

  /// Runs the command line and ends the process with its exit code.
  ///
  /// @param args as the shell gave them
  public static void main(String[] args) {
    CountDownLatch over = new CountDownLatch(1);
    new CtrlC(Thread.currentThread(), over).listen(args.length > 0 && LONG.contains(args[0]));
    int code;
    try {
      code = DeployCli.run(args, Surroundings.ofProcess());
    } finally {
      over.countDown();
    }
    System.exit(code);
  }
}
