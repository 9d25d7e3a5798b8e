package com.quiltdata.mcp.checker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The judge agrees with the official client, and sees each kind of damage.
final class RegistryCheckerTest {
  private static final String ROOT = "/tmp/quilt-fixtures/dev/";
  private static final Map<String, byte[]> FIXTURES = fixtures();
  private static final String TINY = ".quilt/packages/4513d71d";

  private static Map<String, byte[]> fixtures() {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(
            Optional.ofNullable(RegistryCheckerTest.class.getResourceAsStream("/quilt/local.zip"))
                .orElseThrow())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  /// The folder registry of the fixtures, with some files changed.
  private record FixtureShelf(Map<String, byte[]> files) implements Shelf {
    private static final String REGISTRY = "local/registry/";

    @Override
    public List<String> keys(String prefix) {
      return files.keySet().stream()
          .filter(path -> path.startsWith(REGISTRY + prefix) && !path.endsWith("/"))
          .map(path -> path.substring(REGISTRY.length()))
          .sorted()
          .toList();
    }

    @Override
    public Optional<InputStream> open(String key) {
      return Optional.ofNullable(files.get(REGISTRY + key)).map(ByteArrayInputStream::new);
    }

    @Override
    public Optional<InputStream> object(String bucket, String key, Optional<String> version) {
      return Optional.empty();
    }

    @Override
    public Optional<InputStream> file(String path) {
      return Optional.ofNullable(files.get(path.substring(ROOT.length())))
          .map(ByteArrayInputStream::new);
    }
  }

  @Test
  void findsNothingInWhatTheOfficialClientWroteButBytesThatTheFixturesLeaveOut() {
    assertThat(
            RegistryChecker.problems(new FixtureShelf(FIXTURES)).stream()
                .filter(problem -> !problem.contains(" are not there: ")))
        .isEmpty();
    assertThat(RegistryChecker.packages(new FixtureShelf(FIXTURES)))
        .containsKey("demo/tiny")
        .hasSizeGreaterThan(8);
  }

  /// A kind of damage and the words that it is found by.
  record Damage(String path, UnaryOperator<String> change, String words) {
    @Override
    public String toString() {
      return words;
    }
  }

  static Stream<Damage> damages() {
    return Stream.of(
        new Damage("named_packages/demo/tiny/latest", text -> text + "\n", "holds"),
        new Damage("named_packages/demo/tiny/latest", _ -> "0".repeat(64), "names a manifest"),
        new Damage(TINY, text -> text.replace("\"count\": 3", "\"count\": 3.0"), "top hash"),
        new Damage(TINY, text -> text.replace(", ", ","), "text form"),
        new Damage(TINY, text -> text.substring(0, text.length() - 1), "end with a line feed"),
        new Damage(TINY, text -> text.replace("\"size\": 21", "\"size\": 22"), "has 21 bytes"),
        new Damage(TINY, text -> text.replace("file:///tmp", "file:///gone"), "are not there"),
        new Damage(TINY, text -> text.replace("file:///tmp/", "file:///t%6Dp/"), "not encoded"),
        new Damage(TINY, text -> text.replace("README.md\", \"phy", "z\", \"phy"), "stands behind"),
        new Damage(TINY, text -> text.replace("\"meta\": {}}", "\"more\": {}}"), "has the members"),
        new Damage(TINY, text -> text.replace("\"v0\"", "\"v1\""), "version"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void sees(Damage damage) {
    Map<String, byte[]> files = new HashMap<>(FIXTURES);
    int before = RegistryChecker.problems(new FixtureShelf(files)).size();
    List<String> paths =
        files.keySet().stream().filter(path -> path.contains(damage.path())).toList();
    assertThat(paths).isNotEmpty();
    paths.forEach(path ->
        files.computeIfPresent(
            path,
            (_, bytes) -> {
              String old = new String(bytes, UTF_8);
              assertThat(damage.change().apply(old)).isNotEqualTo(old);
              return damage.change().apply(old).getBytes(UTF_8);
            }));
    List<String> problems = RegistryChecker.problems(new FixtureShelf(files));
    assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(damage.words()));
    assertThat(problems).hasSizeGreaterThan(before);
  }

  @Test
  void seesWhatHasNoPlaceAndBytesUnderAWrongHash() {
    Map<String, byte[]> files = new HashMap<>(FIXTURES);
    files.put("local/registry/.quilt/stray", new byte[0]);
    files.put("local/registry/.quilt/objects/" + "0".repeat(64) + "/a", new byte[1]);
    assertThat(RegistryChecker.problems(new FixtureShelf(files)))
        .contains(
            ".quilt/stray has no place in the layout",
            ".quilt/objects/%s/a holds other bytes".formatted("0".repeat(64)));
  }
}
