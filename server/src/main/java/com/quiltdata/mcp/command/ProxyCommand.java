package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.proxy.ProxyConfig;
import com.quiltdata.mcp.proxy.RemoteUrl;
import com.quiltdata.mcp.proxy.StdioProxy;
import com.quiltdata.mcp.proxy.TokenSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `quilt-mcp proxy`: for clients that start their server themselves, when the server is elsewhere.
@Command(
    name = "proxy",
    description = {
      "Speak to a client through standard input and output, and to a server over HTTP.",
      "Logs go to standard error."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  quilt-mcp proxy --url https://quilt.example.com/mcp --token-file ~/quilt.token",
      "  QUILT_MCP_TOKEN=... quilt-mcp proxy --url https://quilt.example.com/mcp",
      "  quilt-mcp proxy --url http://127.0.0.1:8000/mcp",
      "",
      "The token file holds the token alone. It is read again when the server refuses",
      "the token, so a fresh one can be put there at any time. A token is sent to",
      "https:// addresses only, or to this machine.",
      ""
    })
final class ProxyCommand implements Runnable {
  private static final String TOKEN = "QUILT_MCP_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "The server's MCP endpoint: https://HOST/mcp.")
  private String url = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Show the server the token in this file (default: that in " + TOKEN + ").")
  private @Nullable Path tokenFile;

  private final Surroundings surroundings;

  ProxyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    Settings settings = new SettingOptions().resolve(surroundings.environment());
    LogSetup.install(
        settings,
        surroundings,
        surroundings.err(),
        "quilt-mcp-proxy",
        Surroundings.build().version());
    ProxyConfig config = ProxyConfig.of(RemoteUrl.parse(url), token());
    // Whatever a library prints must not get between the messages.
    System.setOut(surroundings.err());
    StdioProxy proxy = new StdioProxy(config, surroundings.in(), surroundings.out());
    Thread hook = Thread.ofPlatform().name("shutdown").unstarted(() -> end(proxy));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      proxy.serve();
    } catch (RuntimeException | Error e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
  }

  /// Runs when a signal asks the process to end. What it was asked for is done then, so the exit
  /// code is 0 and not the number of the signal.
  private static void end(StdioProxy proxy) {
    proxy.stop();
    Runtime.getRuntime().halt(0);
  }

  private TokenSource token() {
    if (tokenFile != null) {
      return TokenSource.ofFile(tokenFile);
    }
    Map<String, String> environment = surroundings.environment();
    return Optional.ofNullable(environment.get(TOKEN))
        .filter(value -> !value.isBlank())
        .map(value -> TokenSource.ofVariable(TOKEN, value))
        .orElseGet(TokenSource::none);
  }
}
