package com.quiltdata.mcp.command;

import com.quiltdata.mcp.app.App;
import com.quiltdata.mcp.app.BuildInfo;
import com.quiltdata.mcp.app.Mode;
import com.quiltdata.mcp.app.ServerConfig;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quilt-mcp serve`: the default.
@Command(
    name = "serve",
    description = "Serve over HTTP until it is stopped (the default).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {
  @Mixin private final SettingOptions options = new SettingOptions();

  private final Surroundings surroundings;

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    serve(options, surroundings, false);
  }

  /// Serves until the process is told to end.
  ///
  /// @param isStdio whether standard input and output carry the protocol, whatever the settings say
  static void serve(SettingOptions options, Surroundings surroundings, boolean isStdio) {
    BuildInfo build = Surroundings.build();
    Settings settings = options.resolve(surroundings.environment());
    NetworkSetup.install(settings);
    ServerConfig config = ServerConfig.from(settings, build, isStdio, surroundings.host());
    PrintStream logs = config.isStdio() ? surroundings.err() : surroundings.out();
    LogSetup.install(settings, surroundings, logs, config.name(), config.version());
    App app = new App(config, build);
    if (config.isStdio()) {
      // Whatever a library prints must not get between the messages.
      System.setOut(surroundings.err());
      app.serveStdio(surroundings.in(), surroundings.out());
      return;
    }
    start(app);
    if (config.mode() != Mode.PRODUCTION) {
      surroundings.err().print(Banner.of(config, app, surroundings.environment()));
      surroundings.err().flush();
    }
    await(new CountDownLatch(1));
  }

  /// A signal may come at any moment, so the hook is there first.
  private static void start(App app) {
    Thread hook = Thread.ofPlatform().name("shutdown").unstarted(() -> end(app));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      app.start();
    } catch (IllegalStateException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw new InvalidSettingsException(
          List.of(
              "FASTMCP_PORT (--port), FASTMCP_ADDR (--host): %s. Is another server running? Choose another port."
                  .formatted(e.getMessage())));
    } catch (RuntimeException | Error e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
  }

  /// Runs when a signal asks the process to end. What it was asked for is done then, so the exit
  /// code is 0 and not the number of the signal.
  private static void end(App app) {
    SecondSignal.endsAtOnce();
    app.stop();
    Runtime.getRuntime().halt(0);
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
