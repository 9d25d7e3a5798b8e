package com.quiltdata.mcp.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// moto's server, where Python has it: the one of the environment variable `MOTO_SERVER`, else the
/// one on the PATH. Of several conditional writers one wins, as in S3; checksums that are given are
/// neither checked nor kept.
public final class MotoServer {
  private static final Pattern READY = Pattern.compile("Running on http://127.0.0.1:([0-9]+)");

  private MotoServer() {}

  private static final class Holder {
    static final Optional<S3Server> SERVER = program().map(MotoServer::start);
  }

  /// The one of this JVM, started when it is first asked for. The test is skipped, saying so, where
  /// there is none; with `CI=true` it fails instead.
  public static S3Server server() {
    return Holder.SERVER.orElseGet(() -> {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("CI needs moto_server, and there is none");
      }
      return abort(
          "skipped: needs moto_server; install it with pip, and name it in MOTO_SERVER if it is not"
              + " on the PATH");
    });
  }

  private static Optional<Path> program() {
    Stream<Path> named = Stream.ofNullable(System.getenv("MOTO_SERVER")).map(Path::of);
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "moto_server"));
    return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
  }

  private static S3Server start(Path program) {
    return S3Server.start(List.of(program.toString(), "-H", "127.0.0.1", "-p", "0"), READY);
  }
}
