package com.quiltdata.mcp.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images without a registry.
final class ImageBuilderTest {
  private static final ImageReference NAME =
      new ImageReference("localhost", "app", Optional.of("1.0.0"), Optional.empty());

  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(folder.resolve("target/lib"));
    Files.writeString(folder.resolve("target/quilt-mcp-server.jar"), "program");
    Files.writeString(folder.resolve("target/lib/b.jar"), "b");
    Files.writeString(folder.resolve("target/lib/a.jar"), "a");
  }

  private String digest(String cache, String version) {
    return new ImageBuilder(
            ServerFiles.in(folder.resolve("target")),
            new BaseImage.Scratch(),
            new ImageLabels(version, "abc", Optional.empty()),
            "amd64",
            folder.resolve(cache),
            _ -> {})
        .write(folder.resolve(cache + ".tar"), NAME);
  }

  @Test
  void equalFilesGiveAnEqualDigest() throws IOException {
    String first = digest("one", "1.0.0");
    assertThat(first).matches("sha256:[0-9a-f]{64}");
    for (String file : new String[] {"target/quilt-mcp-server.jar", "target/lib/a.jar"}) {
      Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(1_234_567_890_000L));
    }
    assertThat(digest("two", "1.0.0")).isEqualTo(first);
    assertThat(digest("three", "1.0.1")).isNotEqualTo(first);
    Files.writeString(folder.resolve("target/lib/a.jar"), "c");
    assertThat(digest("four", "1.0.0")).isNotEqualTo(first);
    assertThat(folder.resolve("one.tar")).isRegularFile();
  }

  @Test
  void aBaseThatIsNoImageIsNamed() throws IOException {
    Path none = folder.resolve("none.tar");
    Path text = Files.writeString(folder.resolve("text.tar"), "no tar");
    for (Path base : new Path[] {none, text}) {
      ImageBuilder builder =
          new ImageBuilder(
              ServerFiles.in(folder.resolve("target")),
              new BaseImage.Tar(base),
              new ImageLabels("1.0.0", "abc", Optional.empty()),
              "amd64",
              folder.resolve("cache"),
              _ -> {});
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
    digest("one", "1.0.0");
    assertThat(folder.resolve("one/build/1.0.0+abc.properties"))
        .hasContent("version=1.0.0\nrevision=abc\n");
  }

  @Test
  void whatIsInTheImageIsListedInItAndBesideIt() throws IOException {
    String without = digest("one", "1.0.0");
    Files.writeString(folder.resolve("target/quilt-mcp-server.cdx.json"), "{\"bomFormat\":1}");
    assertThat(digest("two", "1.0.0")).isNotEqualTo(without);
    ServerFiles files = ServerFiles.in(folder.resolve("target"));
    assertThat(files.componentsBeside(folder.resolve("two.tar")).orElseThrow())
        .isEqualTo(folder.resolve("two.cdx.json"))
        .hasContent("{\"bomFormat\":1}");
    assertThat(Layers.of(folder.resolve("two.tar")))
        .containsEntry("app/sbom.cdx.json", "{\"bomFormat\":1}")
        .containsEntry("app/lib/a.jar", "a");
    assertThat(Layers.of(folder.resolve("one.tar"))).doesNotContainKey("app/sbom.cdx.json");
  }

  @Test
  void aTarFileThatCannotBeWrittenIsAFailedBuild() {
    ImageBuilder builder =
        new ImageBuilder(
            ServerFiles.in(folder.resolve("target")),
            new BaseImage.Scratch(),
            new ImageLabels("1.0.0", "abc", Optional.empty()),
            "amd64",
            folder.resolve("cache"),
            _ -> {});
    for (Path tar : new Path[] {folder.resolve("nowhere/image.tar"), folder.resolve("target")}) {
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
  void aServerThatIsNotBuiltIsToldHowTo() {
    assertThatThrownBy(() -> ServerFiles.in(folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
              assertThat(failure.next().orElseThrow()).contains("./mvnw");
            });
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
  void referencesAreReadAndChecked() {
    String whole = "host:5000/a/b:1.0@sha256:" + "0".repeat(64);
    assertThat(ImageReference.parse(whole).orElseThrow()).hasToString(whole);
    assertThat(ImageReference.parse("host/a:.bad")).isEmpty();
    assertThat(ImageReference.parse("host/a@sha256:1")).isEmpty();
    assertThat(ImageReference.parse("no-host")).isEmpty();
    assertThatThrownBy(() -> NAME.withTag("a b")).hasMessageContaining("cannot be a version");
  }
}
