package com.quiltdata.mcp.command;

import com.quiltdata.mcp.app.App;
import com.quiltdata.mcp.app.Mode;
import com.quiltdata.mcp.app.ServerConfig;
import com.quiltdata.mcp.app.StorageSetup;
import java.nio.file.Path;
import java.util.Map;

/// What a person at a terminal needs after the start: address, contents, client configuration.
final class Banner {
  /// The launcher tells where it is, for configurations that start it.
  private static final String LAUNCHER = "QUILT_MCP_LAUNCHER";

  private Banner() {}

  static String of(ServerConfig config, App app, Map<String, String> environment) {
    String url = app.url();
    boolean needsToken = config.mode() != Mode.LOCAL;
    String launcher = environment.getOrDefault(LAUNCHER, "quilt-mcp");
    String storage =
        switch (config.storage()) {
          case StorageSetup.Folder(Path path) ->
              ", \"--root\", \"%s\"]".formatted(json(path.toAbsolutePath().normalize().toString()));
          case StorageSetup.Sample _ -> "]";
          case StorageSetup.S3 _ -> "], \"env\": {\"QUILT_STORAGE\": \"s3\"}";
        };
    String header = needsToken ? " --header \"Authorization: Bearer $TOKEN\"" : "";
    String curlHeader = needsToken ? " \\\n    -H \"Authorization: Bearer $TOKEN\"" : "";
    return """

    Quilt MCP server %s, listening on %s
    Serving %s
    %s%s
    Claude Code
      claude mcp add --transport http quilt %s%s

    Claude Desktop (claude_desktop_config.json; it starts a server of its own)
      {"mcpServers": {"quilt": {"command": "%s", "args": ["stdio"%s}}}

    curl
      curl -s %s -H 'Content-Type: application/json' -H 'Accept: application/json'%s \\
        -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"packages_list","arguments":{"registry":"s3://%s"}}}'

    Ctrl-C ends it.

    """
        .formatted(
            config.version(),
            url,
            app.contents(),
            app.firstBucket().isEmpty() && !(config.storage() instanceof StorageSetup.S3)
                ? "No bucket there yet: make a sub-folder, named with 3 to 63 lower-case letters, digits, dots, hyphens.\n"
                : "",
            needsToken ? aboutTokens(config, launcher) : "",
            url,
            header,
            json(launcher),
            storage,
            url,
            curlHeader,
            app.firstBucket().orElse("BUCKET"));
  }

  private static String aboutTokens(ServerConfig config, String launcher) {
    return config
            .tokens()
            .issuer()
            .map(issuer -> "Calls need a token of %s.\n".formatted(issuer.inWords()))
            .orElse("")
        + (config.tokens().known().isPresent() || config.tokens().issuer().isEmpty()
            ? "Calls need a token: TOKEN=$(%s token --bucket NAME), with the same secret set.\n"
                .formatted(launcher)
            : "");
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
