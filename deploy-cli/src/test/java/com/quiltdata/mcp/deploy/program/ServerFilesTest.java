package com.quiltdata.mcp.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the build of the server leaves, and how it lies in an image.
final class ServerFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(folder.resolve("target/lib"));
    for (String library : List.of("b", "a", "of-a-build-before")) {
      Files.writeString(folder.resolve("target/lib/%s.jar".formatted(library)), library);
    }
    program("one");
  }

  /// A program of some classes, of which one has a content.
  private void program(String content) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      classes.put("x/Class%d.class".formatted(i), "class " + i);
      classes.put("x/Class%d$Inner.class".formatted(i), "inner " + i);
    }
    classes.put("x/Class7$Inner.class", content);
    classes.put("com/quiltdata/mcp/HealthProbe.class", "probe");
    TestJar.write(folder.resolve("target/quilt-mcp-server.jar"), "lib/b.jar lib/a.jar", classes);
  }

  private ServerProgram laid(String cache) {
    return ServerProgram.lay(ServerFiles.in(folder.resolve("target")), folder.resolve(cache));
  }

  private static Map<String, String> digests(ServerProgram program) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Path file : Folders.files(program.folder())) {
      digests.put(program.folder().relativize(file).toString(), Digests.of(file));
    }
    return digests;
  }

  @Test
  void theManifestSaysWhichLibrariesThereAre() {
    ServerFiles files = ServerFiles.in(folder.resolve("target"));
    assertThat(files.libraries())
        .extracting(Path::getFileName)
        .map(Path::toString)
        .containsExactly("a.jar", "b.jar");
    assertThat(files.components()).isEmpty();
  }

  @Test
  void aServerThatIsNotBuiltIsToldHowTo() throws IOException {
    assertThatThrownBy(() -> ServerFiles.in(folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
              assertThat(failure.next().orElseThrow()).contains("./mvnw");
            });
    Files.writeString(folder.resolve("target/quilt-mcp-server.jar"), "no jar");
    assertThatThrownBy(() -> ServerFiles.in(folder.resolve("target")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
              assertThat(failure.cause()).contains("quilt-mcp-server.jar");
            });
  }

  @Test
  void theListOfComponentsLiesBesideATarFile() throws IOException {
    ServerFiles without = ServerFiles.in(folder.resolve("target"));
    assertThat(without.componentsBeside(folder.resolve("image.tar"))).isEmpty();
    Files.writeString(folder.resolve("target/quilt-mcp-server.cdx.json"), "{\"bomFormat\":1}");
    ServerFiles files = ServerFiles.in(folder.resolve("target"));
    assertThat(files.componentsBeside(folder.resolve("image.tar")).orElseThrow())
        .isEqualTo(folder.resolve("image.cdx.json"))
        .hasContent("{\"bomFormat\":1}");
  }

  @Test
  void equalProgramsAreLaidOutAlike() throws IOException {
    ServerProgram first = laid("one");
    Files.setLastModifiedTime(folder.resolve("target/lib/a.jar"), FileTime.fromMillis(5_000));
    ServerProgram second = laid("two");
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(digests(second)).isEqualTo(digests(first));
    for (Path file : Folders.files(second.folder())) {
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(ServerProgram.TIME);
    }
    assertThat(second.folder().resolve("bin/health")).isExecutable();
  }

  @Test
  void aClassThatChangesChangesOneSmallJar() throws IOException {
    Map<String, String> before = digests(laid("cache"));
    program("two");
    ServerProgram changed = laid("cache");
    Map<String, String> after = digests(changed);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.entrySet().stream().filter(each -> !before.containsValue(each.getValue())))
        .singleElement()
        .satisfies(each -> assertThat(each.getKey()).matches("program/\\d\\d\\.jar"));
  }

  @Test
  void noClassIsLost() throws IOException {
    Map<String, String> classes = new TreeMap<>();
    for (Path part : Folders.files(laid("cache").folder().resolve("program"))) {
      classes.putAll(TestJar.read(part));
    }
    assertThat(classes).hasSize(401).containsEntry("x/Class7$Inner.class", "one");
    assertThat(TestJar.read(laid("cache").folder().resolve("bin/health.jar")))
        .containsExactly(Map.entry("com/quiltdata/mcp/HealthProbe.class", "probe"));
    assertThat(TestJar.read(laid("cache").jar()).get("META-INF/MANIFEST.MF").replace("\r\n ", ""))
        .contains("Main-Class: x.Main", "program/00.jar program/01.jar", "lib/b.jar lib/a.jar");
  }
}
