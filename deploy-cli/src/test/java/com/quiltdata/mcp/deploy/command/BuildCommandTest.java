package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.quiltdata.mcp.deploy.fake.FakeRegistry;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `build --to` where no service exists yet.
final class BuildCommandTest {
  @RegisterExtension private final CommandBench bench = new CommandBench();
  @TempDir private Path folder;

  /// A program of one class, and a base with nothing in it.
  private void files() throws Exception {
    Files.createDirectories(folder.resolve("server/target/lib"));
    Path jar = folder.resolve("server/target/quilt-mcp-server.jar");
    Path library = folder.resolve("server/target/lib/a.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ExitCode.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/a.jar");
    String entry = ExitCode.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream content =
            Objects.requireNonNull(ExitCode.class.getResourceAsStream("ExitCode.class"))) {
      out.putNextEntry(new ZipEntry(entry));
      content.transferTo(out);
    }
    Files.copy(jar, library);
    Jib.fromScratch()
        .setFormat(ImageFormat.Docker)
        .addLayer(List.of(library), "/base")
        .containerize(
            Containerizer.to(TarImage.at(folder.resolve("base.tar")).named("base"))
                .setBaseImageLayersCache(folder.resolve("cache"))
                .setApplicationLayersCache(folder.resolve("cache")));
  }

  private int build(String to) {
    return bench.run(
        folder,
        "build",
        "--version",
        "1.0.0",
        "--to",
        to,
        "--base-tar",
        "base.tar",
        "--no-aot",
        "--insecure-registry");
  }

  @Test
  void theLoginToEcrIsThatOfAws() throws Exception {
    files();
    bench.variables.put("XDG_CACHE_HOME", folder.toString());
    try (FakeRegistry registry = FakeRegistry.ofEcr()) {
      String to = registry.host() + "/quilt-mcp-server";
      assertThat(build(to)).as(bench.out.toString()).isEqualTo(12);
      assertThat(bench.err.toString()).contains(registry.host() + " refuses the push", "HTTP 401");
      assertThat(bench.fake.calls).isEmpty();

      bench.variables.put("ECR_REGISTRY", registry.host());
      assertThat(build(to)).as(bench.err.toString()).isZero();
      assertThat(bench.fake.calls).containsExactly("ecr:GetAuthorizationToken");
      assertThat(registry.pushed).containsExactly("quilt-mcp-server:1.0.0");
      assertThat(bench.out.toString()).startsWith(to + ":1.0.0@sha256:");
      assertThat(bench.out + bench.err.toString()).doesNotContain("ecr-password");
    }
  }

  @Test
  void aHostOfEcrIsAskedForInItsRegionBeforeAnythingIsBuilt() throws Exception {
    files();
    bench.variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    assertThat(build("123456789012.dkr.ecr.eu-west-1.amazonaws.com/quilt-mcp-server"))
        .isEqualTo(53);
    assertThat(bench.err.toString()).contains("to log in to the image registry");
    assertThat(folder.resolve("quilt-mcp-deploy")).doesNotExist();
  }
}
