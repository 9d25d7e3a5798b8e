package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.HttpSettings;
import com.quiltdata.mcp.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `quilt-mcp health`: does the server at the configured address answer?
@Command(
    name = "health",
    description = "Ask the server at the configured address whether it is well.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status: 0 when it is, 1 when it is not or does not answer within 3 seconds."
    })
final class HealthCommand implements Callable<Integer> {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int MAX_BODY_BYTES = 16 << 10;

  @Mixin private final SettingOptions options = new SettingOptions();

  private final Surroundings surroundings;

  HealthCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Settings settings = options.resolve(surroundings.environment());
    String url =
        "http://%s:%d/healthz"
            .formatted(reachable(settings.get(HttpSettings.HOST)), settings.get(HttpSettings.PORT));
    try {
      URL target = URI.create(url).toURL();
      HttpURLConnection connection = (HttpURLConnection) target.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        try (InputStream body = connection.getInputStream()) {
          surroundings
              .out()
              .println(new String(body.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8));
        }
        return 0;
      }
      surroundings.err().println("%s answered %d".formatted(url, status));
    } catch (IOException e) {
      surroundings.err().println("%s does not answer: %s".formatted(url, e.getMessage()));
    }
    return 1;
  }

  /// An address that listens everywhere is asked here.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "[::1]";
      default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    };
  }
}
