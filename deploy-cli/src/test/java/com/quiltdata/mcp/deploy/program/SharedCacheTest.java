package com.quiltdata.mcp.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One folder for caches, and several builds that use it, some of which were killed.
final class SharedCacheTest {
  private static final int ROUNDS = 10;

  /// Characters of a path that Linux takes.
  private static final int LONGEST = 4095;

  @TempDir private Path folder;

  /// What two threads find that begin at the same moment.
  private static <T> List<T> both(Callable<T> first, Callable<T> second)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(2);
    List<T> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> all = new ArrayList<>();
      for (Callable<T> one : List.of(first, second)) {
        all.add(
            threads.submit(() -> {
              start.await();
              return one.call();
            }));
      }
      for (Future<T> one : all) {
        found.add(one.get());
      }
    }
    return found;
  }

  private ServerFiles files() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target/lib")).getParent();
    Files.writeString(target.resolve("lib/a.jar"), "library");
    TestJar.write(
        target.resolve("quilt-mcp-server.jar"), "lib/a.jar", Map.of("x/Main.class", "main"));
    return ServerFiles.in(target);
  }

  private static Set<String> names(Path cache) throws IOException {
    Set<String> names = new HashSet<>();
    try (var entries = Files.list(cache)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }

  @Test
  void twoBuildsLayOutOneProgram() throws Exception {
    ServerFiles files = files();
    for (int round = 0; round < ROUNDS; round++) {
      Path cache = folder.resolve("cache" + round);
      Callable<ServerProgram> lay = () -> ServerProgram.lay(files, cache);
      List<ServerProgram> laid = both(lay, lay);
      assertThat(laid.getFirst()).isEqualTo(laid.getLast());
      assertThat(laid.getFirst().jar()).isRegularFile();
      assertThat(names(cache)).containsExactly("program-" + laid.getFirst().key());
    }
  }

  /// The order in which they come is sure here, as it is not above.
  @Test
  void whoIsSlowerTakesTheFolderOfWhoWasFaster() throws IOException {
    Path name = folder.resolve("name");
    for (String content : List.of("first", "second")) {
      Path made = Files.createDirectories(folder.resolve("made"));
      Files.writeString(made.resolve("file"), content);
      Folders.keep(made, name);
      assertThat(made).doesNotExist();
    }
    assertThat(name.resolve("file")).hasContent("first");
  }

  @Test
  void whoIsSlowerTakesTheFileOfWhoWasFaster() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path name = folder.resolve("name" + round);
      List<String> found = both(() -> kept("one", name), () -> kept("other", name));
      assertThat(found.getFirst()).isEqualTo(found.getLast()).isIn("one", "other");
      assertThat(name).hasContent(found.getFirst());
    }
  }

  /// Makes a file of that content, and tells what it finds under its name.
  private String kept(String content, Path name) throws IOException {
    Path made = Files.writeString(folder.resolve(content), content);
    Folders.keep(made, name);
    assertThat(made).doesNotExist();
    return Files.readString(name);
  }

  @Test
  void aFolderThatCannotGetItsNameIsAnError() throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    assertThatThrownBy(() -> Folders.keep(made, folder.resolve("nowhere/name")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aListOfModulesThatIsNotWholeIsMadeAgain() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target/lib")).getParent();
    TestJar.write(target.resolve("lib/a.jar"), "", Map.of());
    TestJar.write(target.resolve("quilt-mcp-server.jar"), "lib/a.jar", Map.of());
    ServerFiles files = ServerFiles.in(target);
    Path known = Files.createDirectories(folder.resolve("cache")).resolve("modules-" + files.key());
    Files.writeString(known, "");
    // A program without classes needs no modules, so that its list would be empty again.
    assertThatThrownBy(() -> JavaRuntime.modules(files, folder.resolve("cache")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED));
    assertThat(names(folder.resolve("cache"))).isEmpty();
    String whole = "java.base,java.net.http,jdk.unsupported";
    Files.writeString(known, whole);
    assertThat(JavaRuntime.modules(files, folder.resolve("cache"))).isEqualTo(whole);
  }

  @Test
  void whatNobodyUsesGoes() throws IOException {
    Instant now = Instant.now();
    Map<String, Integer> days =
        Map.of(
            "runtime-old/bin", 31,
            "runtime-used/bin", 29,
            "program-old/lib", 31,
            ".work-training-1/a", 2,
            ".work-training-2/a", 0,
            ".runtime123/jre", 2,
            "app/layers/old/a", 31,
            "app/layers/new/a", 29,
            "somebody-elses/a", 100);
    for (var one : days.entrySet()) {
      Path inner = Files.createDirectories(folder.resolve(one.getKey()));
      Files.writeString(inner.resolve("file"), "content");
      Files.setLastModifiedTime(
          inner.getParent(), FileTime.from(now.minus(Duration.ofDays(one.getValue()))));
    }
    for (String file : List.of("classes-old.aot", "modules-old", "build/1.0.0+abc.properties")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "content");
      Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(31))));
    }
    new CacheFolder(folder).clean(now);
    assertThat(names(folder))
        .containsExactlyInAnyOrder(
            "runtime-used", ".work-training-2", "app", "build", "somebody-elses");
    assertThat(names(folder.resolve("app/layers"))).containsExactly("new");
    assertThat(names(folder.resolve("build"))).isEmpty();
    new CacheFolder(folder.resolve("missing")).clean(now);
    assertThat(folder.resolve("missing")).doesNotExist();
  }

  /// The path of a file, and that of what a folder holds, are so long that both are too long once
  /// they are moved: the file cannot be moved, and the folder not be emptied.
  @Test
  void whatCannotBeRemovedEndsNoBuild() throws IOException {
    Path first = folder.resolve("x".repeat(100));
    Path cache = first;
    while (cache.toString().length() < LONGEST - 475) {
      cache = cache.resolve("x".repeat(100));
    }
    cache = cache.resolve("x".repeat(LONGEST - 275 - 1 - cache.toString().length()));
    Files.createDirectories(cache);
    Path file = Files.writeString(cache.resolve("classes-" + "x".repeat(247)), "content");
    Path full = cache.resolve("program-" + "x".repeat(200));
    Files.createDirectories(full.resolve("x".repeat(65)));
    Path old = Files.createDirectories(cache.resolve("runtime-old"));
    for (Path entry : List.of(file, full, old)) {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
    }
    try {
      new CacheFolder(cache).clean(Instant.now());
      assertThat(List.of(file, full, old).stream().filter(Files::exists)).containsExactly(file);
    } finally {
      // Else nobody could remove it.
      Files.move(first, folder.resolve("short"));
    }
  }

  /// Nobody may write there, not even its owner.
  @Test
  void aCacheThatCannotBeWrittenToEndsNoBuild() {
    Path unwritable = Path.of("/proc/self");
    assertThatThrownBy(() -> WorkFolder.in(unwritable, "test")).isInstanceOf(Failure.class);
    new CacheFolder(unwritable).clean(Instant.now());
  }

  @Test
  void whatIsUsedIsTouchedBefore() throws IOException {
    Path entry = folder.resolve("entry");
    assertThat(CacheFolder.touch(entry)).isFalse();
    Files.writeString(entry, "content");
    Instant before = Instant.now().minus(Duration.ofDays(40));
    Files.setLastModifiedTime(entry, FileTime.from(before));
    assertThat(CacheFolder.touch(entry)).isTrue();
    assertThat(Files.getLastModifiedTime(entry).toInstant()).isAfter(before);
  }

  /// As an entry of another user is; the time of this file cannot be set by anybody.
  @Test
  void whatCannotBeTouchedCanBeUsed() {
    Path untouchable = Path.of("/proc/self/ns/net");
    assertThatThrownBy(() -> Files.setLastModifiedTime(untouchable, FileTime.from(Instant.now())))
        .isInstanceOf(IOException.class);
    assertThat(CacheFolder.touch(untouchable)).isTrue();
  }

  @Test
  void whatIsUsedAgainStays() throws IOException {
    ServerFiles files = files();
    ServerProgram laid = ServerProgram.lay(files, folder.resolve("cache"));
    Instant before = Instant.now().minus(Duration.ofDays(40));
    Files.setLastModifiedTime(laid.folder(), FileTime.from(before));
    ServerProgram.lay(files, folder.resolve("cache"));
    new CacheFolder(folder.resolve("cache")).clean(Instant.now());
    assertThat(Optional.of(laid.jar()).filter(Files::isRegularFile)).isPresent();
  }
}
