package com.quiltdata.mcp.deploy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// What `--help` shows, written by the build: to make it anew takes four times as long as to read
/// it. A test holds the pages to the commands.
final class HelpPage {
  private static final Set<String> ASKED = Set.of("--help", "-h");
  private static final int LONGEST = 3;

  private HelpPage() {}

  /// The page that a command line asks for, as in `base update --help`; empty when it asks for
  /// something else.
  static Optional<String> of(String[] args) {
    if (args.length == 0 || args.length > LONGEST || !ASKED.contains(args[args.length - 1])) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder("deploy-cli");
    for (int i = 0; i < args.length - 1; i++) {
      if (!args[i].matches("[a-z-]+") || args[i].startsWith("-")) {
        return Optional.empty();
      }
      name.append('_').append(args[i]);
    }
    try (InputStream page = HelpPage.class.getResourceAsStream("help/" + name + ".txt")) {
      return page == null
          ? Optional.empty()
          : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
