package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.image.BaseLookup;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `deploy-cli base`: the image that releases start from.
@Command(
    name = "base",
    description = "Choose the image that releases start from.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli base update", ""})
final class BaseCommand {
  /// The C library and nothing that could be run: the image brings its Java.
  static final String DEFAULT = "gcr.io/distroless/base-nossl-debian13";

  @Mixin final HelpOption help = new HelpOption();

  private final Surroundings around;

  BaseCommand(Surroundings around) {
    this.around = around;
  }

  /// `deploy-cli base update`: takes the newest one of a tag.
  @Command(
      name = "update",
      description = "Ask a registry what a tag names today, and write it into the lock file.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  deploy-cli base update",
        "  deploy-cli base update registry.example.com/base:1 --base-lock base.lock",
        ""
      })
  int update(
      @Parameters(
              paramLabel = "IMAGE",
              arity = "0..1",
              defaultValue = DEFAULT,
              description = {
                "The image with its tag; it needs glibc and no Java.",
                "Default: ${DEFAULT-VALUE}"
              })
          String image,
      @Option(
              names = "--base-lock",
              paramLabel = "FILE",
              defaultValue = "deploy-cli/base-image.lock",
              description = "The lock file (default: ${DEFAULT-VALUE}).")
          Path lock,
      @Option(
              names = "--insecure-registry",
              description = "Ask over plain HTTP, a registry on this machine.")
          boolean insecure) {
    ImageReference found = new BaseLookup(insecure).ask(image);
    BaseLookup.write(around.folder().resolve(lock), found);
    around.out().println(found);
    around.out().flush();
    return ExitCode.OK.number();
  }
}
