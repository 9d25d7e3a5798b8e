package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/// The tests that the documents on security name exist, and no threat is left out.
final class SecurityPageTest {
  private static final Path DOCUMENTS = Path.of("..", "docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (S\\d\\d) \\|.*\\| (.*) \\|$");
  private static final Pattern DATA =
      Pattern.compile(
          "(?m)^\\| (secret|confidential|personal|internal|public) \\|(?: [^|]+ \\|){3} (.*) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern TERRAFORM = Pattern.compile("`(\\w+\\.tftest\\.hcl)/(\\w+)`");
  private static final Path TERRAFORM_TESTS =
      Path.of("..", "terraform", "modules", "mcp_server", "tests");
  private static final Pattern STEP = Pattern.compile("`(\\.ci/(?!run`)\\w+)`");
  private static final List<String> THREATS =
      IntStream.rangeClosed(1, 48)
          .filter(number -> number != 19 && (number <= 36 || number >= 40))
          .mapToObj("S%02d"::formatted)
          .toList();

  private static Map<String, List<String>> classes;

  @BeforeAll
  static void findClasses() throws IOException {
    Path root = Path.of("target", "test-classes");
    try (Stream<Path> files = Files.walk(root)) {
      classes =
          files
              .filter(file -> file.toString().endsWith("Test.class"))
              .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .collect(
                  Collectors.groupingBy(
                      name -> name.substring(name.lastIndexOf('.') + 1),
                      TreeMap::new,
                      Collectors.toList()));
    }
  }

  private static String text(String document) throws IOException {
    return Files.readString(DOCUMENTS.resolve(document));
  }

  @Test
  void everyThreatHasATestOrAReason() throws IOException {
    List<MatchResult> rows = ROW.matcher(text("security.md")).results().toList();
    assertThat(rows.stream().map(row -> row.group(1))).containsExactlyElementsOf(THREATS);
    assertThat(rows)
        .allSatisfy(row ->
            assertThat(
                    Stream.of(NAMED, TERRAFORM, STEP)
                            .anyMatch(kind -> kind.matcher(row.group(2)).find())
                        || row.group(2).startsWith("reason: "))
                .as(row.group(1))
                .isTrue());
  }

  @Test
  void everyKindOfDataHasATest() throws IOException {
    List<MatchResult> rows = DATA.matcher(text("security.md")).results().toList();
    assertThat(rows.stream().map(row -> row.group(1)).distinct())
        .containsExactly("secret", "confidential", "personal", "internal", "public");
    assertThat(rows)
        .hasSizeGreaterThan(8)
        .allSatisfy(row -> assertThat(NAMED.matcher(row.group(2)).find()).as(row.group()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "asvs.md"})
  void everyNamedTestExists(String document) throws IOException {
    List<String> missing = new ArrayList<>();
    List<MatchResult> named = NAMED.matcher(text(document)).results().toList();
    for (MatchResult test : named) {
      if (!exists(test.group(1), test.group(2))) {
        missing.add(test.group());
      }
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "asvs.md"})
  void everyNamedTestOfTerraformExists(String document) throws IOException {
    List<MatchResult> named = TERRAFORM.matcher(text(document)).results().toList();
    assertThat(named).isNotEmpty();
    for (MatchResult test : named) {
      assertThat(Files.readString(TERRAFORM_TESTS.resolve(test.group(1))))
          .contains("run \"%s\"".formatted(test.group(2)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "asvs.md"})
  void everyNamedStepRuns(String document) throws IOException {
    String run = Files.readString(Path.of("..", ".ci", "run"));
    List<MatchResult> named = STEP.matcher(text(document)).results().toList();
    assertThat(named).isNotEmpty().allSatisfy(step -> assertThat(run).contains(step.group(1)));
  }

  private static boolean exists(String name, String method) {
    return classes.getOrDefault(name, List.of()).stream()
        .flatMap(found -> Arrays.stream(methods(found)))
        .anyMatch(one ->
            one.getName().equals(method) && AnnotationSupport.isAnnotated(one, Testable.class));
  }

  private static Method[] methods(String name) {
    try {
      return Class.forName(name, false, SecurityPageTest.class.getClassLoader())
          .getDeclaredMethods();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
