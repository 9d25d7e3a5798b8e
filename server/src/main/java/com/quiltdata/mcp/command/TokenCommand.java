package com.quiltdata.mcp.command;

import com.quiltdata.mcp.app.Mode;
import com.quiltdata.mcp.app.TokenSetup;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.auth.TokenMinter;
import com.quiltdata.mcp.auth.TokenRequest;
import com.quiltdata.mcp.config.InvalidSettingsException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quilt-mcp token`: a token for development, signed with the configured secret.
@Command(
    name = "token",
    description = "Mint a development token with the configured secret and print it.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  export MCP_ENHANCED_JWT_SECRET=$(openssl rand -hex 32)",
      "  quilt-mcp token --bucket quilt-sample",
      "  quilt-mcp token --bucket a --bucket b --permission s3:GetObject --hours 1",
      "",
      "Refused when the address is not a loopback address: there the catalog issues",
      "tokens.",
      ""
    })
final class TokenCommand implements Runnable {
  private static final List<String> READING =
      List.of(
          "s3:GetObject",
          "s3:GetObjectVersion",
          "s3:GetBucketLocation",
          "s3:ListBucket",
          "s3:ListAllMyBuckets");

  @Mixin private final SettingOptions options = new SettingOptions();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      required = true,
      description = "A bucket it covers; may be repeated, * for all.")
  private List<String> buckets = List.of();

  @Option(
      names = "--permission",
      paramLabel = "ACTION",
      description = "An AWS action it allows; may be repeated (default: those for reading).")
  private List<String> permissions = List.of();

  @Option(names = "--role", paramLabel = "NAME", description = "A role it names; may be repeated.")
  private List<String> roles = List.of();

  @Option(
      names = "--subject",
      paramLabel = "ID",
      defaultValue = "developer",
      description = "Whom it is for (default: ${DEFAULT-VALUE}).")
  private String subject = "developer";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "READ",
      description = "READ, WRITE or ADMIN (default: ${DEFAULT-VALUE}).")
  private Level level = Level.READ;

  @Option(
      names = "--hours",
      paramLabel = "HOURS",
      defaultValue = "12",
      description = "Its life, 1 to 168 (default: ${DEFAULT-VALUE}).")
  private int hours = 12;

  private final Surroundings surroundings;

  TokenCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    TokenSetup setup = TokenSetup.from(options.resolve(surroundings.environment()));
    if (setup.mode() == Mode.PRODUCTION) {
      throw new InvalidSettingsException(
          List.of(
              "token works on a loopback address only: in production the catalog issues tokens."));
    }
    TokenConfig tokens =
        setup
            .tokens()
            .known()
            .orElseThrow(() ->
                new InvalidSettingsException(
                    List.of(
                        "MCP_ENHANCED_JWT_SECRET is not set, so there is nothing to sign a token with. Set"
                            + " the secret of the server; a server without one asks for no token.")));
    setup.warnings().forEach(warning -> surroundings.err().println("Warning: " + warning));
    if (hours < 1 || hours > 24 * 7) {
      throw new InvalidSettingsException(
          List.of("--hours must be from 1 to 168 (now %d).".formatted(hours)));
    }
    if (level == Level.NONE) {
      throw new InvalidSettingsException(List.of("--level must be READ, WRITE or ADMIN."));
    }
    TokenRequest request =
        new TokenRequest(
            subject,
            buckets,
            permissions.isEmpty() ? READING : permissions,
            roles,
            level,
            Duration.ofHours(hours));
    surroundings
        .out()
        .println(new TokenMinter(tokens, InstantSource.system(), new SecureRandom()).mint(request));
  }
}
