package com.quiltdata.mcp.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.program.Installation;
import com.quiltdata.mcp.deploy.program.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Images without a registry.
final class ImageBuilderTest {
  private static final ImageReference NAME =
      new ImageReference("localhost", "app", Optional.of("1.0.0"), Optional.empty());

  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(folder.resolve("program.jar"), "program");
    Files.writeString(folder.resolve("lib/b.jar"), "b");
    Files.writeString(folder.resolve("lib/a.jar"), "a");
  }

  private ImageBuilder builder(BaseImage base, String version, String cache) {
    Installation content =
        new Installation(
            List.of(
                new Layer(
                    "libraries",
                    new TreeMap<>(
                        Map.of(
                            "/app/lib/a.jar", folder.resolve("lib/a.jar"),
                            "/app/lib/b.jar", folder.resolve("lib/b.jar")))),
                new Layer(
                    "program",
                    new TreeMap<>(Map.of("/app/program.jar", folder.resolve("program.jar"))))),
            List.of("/app/java", "-jar", "/app/program.jar"),
            List.of("CMD", "/app/health"),
            Map.of("program", "0123"));
    return new ImageBuilder(
        content,
        base,
        new ImageLabels(version, "abc", Optional.empty()),
        "amd64",
        new StoredLogins(Map.of()),
        folder.resolve(cache),
        _ -> {});
  }

  private String digest(String cache, String version) {
    return builder(new BaseImage.Scratch(), version, cache)
        .write(folder.resolve(cache + ".tar"), NAME);
  }

  @Test
  void equalFilesGiveAnEqualDigest() throws IOException {
    String first = digest("one", "1.0.0");
    assertThat(first).matches("sha256:[0-9a-f]{64}");
    for (String file : new String[] {"program.jar", "lib/a.jar"}) {
      Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(1_234_567_890_000L));
    }
    assertThat(digest("two", "1.0.0")).isEqualTo(first);
    assertThat(digest("three", "1.0.1")).isNotEqualTo(first);
    Files.writeString(folder.resolve("lib/a.jar"), "c");
    assertThat(digest("four", "1.0.0")).isNotEqualTo(first);
    assertThat(folder.resolve("one.tar")).isRegularFile();
  }

  @Test
  void aBaseThatIsNoImageIsNamed() throws IOException {
    Path none = folder.resolve("none.tar");
    Path text = Files.writeString(folder.resolve("text.tar"), "no tar");
    for (Path base : new Path[] {none, text}) {
      ImageBuilder builder = builder(new BaseImage.Tar(base), "1.0.0", "cache");
      assertThatThrownBy(() -> builder.write(folder.resolve("image.tar"), NAME))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
                assertThat(failure.cause()).contains(base.toString(), "docker save");
              });
    }
  }

  @Test
  void theServerIsToldWhatItIs() throws IOException {
    ImageLabels labels = new ImageLabels("1.0.0", "0123456789abcdef", Optional.empty());
    assertThat(labels.build()).isEqualTo("1.0.0+0123456");
    ImageLabels changed = new ImageLabels("1.0.0", "0123456789abcdef-dirty", Optional.empty());
    assertThat(changed.build()).isEqualTo("1.0.0+0123456-dirty");
    assertThat(changed.abbreviated()).isEqualTo("0123456-dirty");
    digest("one", "1.0.0");
    assertThat(folder.resolve("one/build/1.0.0+abc.properties"))
        .hasContent("version=1.0.0\nrevision=abc\n");
  }

  @Test
  void layersAndSettingsAreThoseOfTheInstallation() throws IOException {
    assertThat(folder.resolve("program.jar").toFile().setExecutable(true)).isTrue();
    digest("one", "1.0.0");
    assertThat(Layers.of(folder.resolve("one.tar")))
        .containsEntry("app/lib/a.jar", "a")
        .containsEntry("app/lib/b.jar", "b")
        .containsEntry("app/program.jar", "program")
        .containsEntry("app/build.properties", "version=1.0.0\nrevision=abc\n")
        .containsEntry("tmp/", "");
    JsonNode config = Json.read(Layers.configuration(folder.resolve("one.tar"))).path("config");
    assertThat(config.path("Entrypoint"))
        .hasToString("[\"/app/java\",\"-jar\",\"/app/program.jar\"]");
    assertThat(config.path("Labels").path("com.quiltdata.mcp.health").stringValue())
        .isEqualTo("[\"CMD\",\"/app/health\"]");
    assertThat(config.path("Labels").path("com.quiltdata.mcp.program").stringValue())
        .isEqualTo("0123");
    assertThat(config.path("User").stringValue()).isEqualTo("10001:10001");
    assertThat(config.path("Volumes")).hasToString("{\"/tmp\":{}}");
    assertThat(config.path("Env").toString()).contains("FASTMCP_ADDR=0.0.0.0");
  }

  @Test
  void aTarFileThatCannotBeWrittenIsAFailedBuild() {
    ImageBuilder builder = builder(new BaseImage.Scratch(), "1.0.0", "cache");
    for (Path tar : new Path[] {folder.resolve("nowhere/image.tar"), folder.resolve("lib")}) {
      assertThatThrownBy(() -> builder.write(tar, NAME))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
                assertThat(failure.cause()).contains(tar + " cannot be written");
              });
    }
  }

  @Test
  void aBaseIsNamedByItsDigest() throws IOException {
    Path lock = folder.resolve("base-image.lock");
    for (String content : new String[] {"", "# nothing\n", "example.test/base:latest\n"}) {
      Files.writeString(lock, content);
      assertThatThrownBy(() -> BaseImage.locked(lock))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.code()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
          .hasMessageContaining("base-image.lock");
    }
    String name = "example.test/base@sha256:" + "a".repeat(64);
    Files.writeString(lock, "# chosen today\n" + name + "\n");
    assertThat(BaseImage.locked(lock))
        .isInstanceOfSatisfying(
            BaseImage.Registered.class, base -> assertThat(base.reference()).hasToString(name));
  }

  @Test
  void aBaseOfARegistryIsNamedWithoutItsDigestBesideIt() {
    String digest = "sha256:" + "a".repeat(64);
    ImageLabels labels = new ImageLabels("1.0.0", "abc", Optional.empty());
    ImageReference base = ImageReference.parse("example.test/java/base:25@" + digest).orElseThrow();
    assertThat(builder(new BaseImage.Registered(base), "1.0.0", "cache").allLabels())
        .containsEntry("org.opencontainers.image.base.name", "example.test/java/base:25")
        .containsEntry("org.opencontainers.image.base.digest", digest)
        .containsAllEntriesOf(labels.asMap());
    assertThat(builder(new BaseImage.Scratch(), "1.0.0", "cache").allLabels())
        .doesNotContainKey("org.opencontainers.image.base.name");
  }

  @Test
  void referencesAreReadAndChecked() {
    String whole = "host:5000/a/b:1.0@sha256:" + "0".repeat(64);
    assertThat(ImageReference.parse(whole).orElseThrow()).hasToString(whole);
    assertThat(ImageReference.parse("host/a:.bad")).isEmpty();
    assertThat(ImageReference.parse("host/a@sha256:1")).isEmpty();
    assertThat(ImageReference.parse("no-host")).isEmpty();
    assertThatThrownBy(() -> NAME.withTag("a b")).hasMessageContaining("cannot be a version");
  }
}
