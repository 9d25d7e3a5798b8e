package com.quiltdata.mcp.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/// `docs/deploy-failures.md` leaves no cause and no exit code out, and the tests that it names
/// exist.
final class FailuresPageTest {
  private static final Path PAGE = Path.of("..", "docs", "deploy-failures.md");
  private static final Path CLASSES = Path.of("target", "test-classes");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\| [^|]+ \\| ([0-9, ]+) \\| (.+) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  /// Causes that ECS and what is around it are known for.
  private static final List<String> CAUSES =
      List.of(
          "image pull failure",
          "missing secret or parameter",
          "bad role",
          "missing log group",
          "container exits",
          "container health check fails",
          "target health check fails",
          "no capacity or network interface",
          "circuit breaker with rollback",
          "circuit breaker without rollback",
          "no circuit breaker",
          "alarm",
          "superseded",
          "five deployments unfinished",
          "throttling",
          "credentials expire during the wait",
          "access denied",
          "version exists",
          "service missing",
          "cluster missing",
          "service inactive or draining",
          "two services on one target group",
          "desired count 0",
          "autoscaling moves the count",
          "deregistration delay",
          "network partition",
          "clock skew",
          "task definition rejected",
          "platform mismatch");

  private static List<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().toList();
  }

  @Test
  void everyCauseHasATest() throws IOException {
    assertThat(rows().stream().map(row -> row.group(1)).limit(CAUSES.size()))
        .containsExactlyElementsOf(CAUSES);
    assertThat(rows())
        .allSatisfy(
            row -> assertThat(NAMED.matcher(row.group(3)).find()).as(row.group(1)).isTrue());
  }

  @Test
  void everyExitCodeHasACause() throws IOException {
    List<Integer> told =
        rows().stream()
            .flatMap(row -> Arrays.stream(row.group(2).split(", ", -1)))
            .map(Integer::valueOf)
            .distinct()
            .sorted()
            .toList();
    assertThat(told)
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(ExitCode::number).sorted().toList());
  }

  @Test
  void everyNamedTestExists() throws IOException, ClassNotFoundException {
    List<String> missing = new ArrayList<>();
    for (MatchResult test : NAMED.matcher(Files.readString(PAGE)).results().toList()) {
      if (!isTest(test.group(1), test.group(2))) {
        missing.add(test.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isTest(String type, String method)
      throws IOException, ClassNotFoundException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().equals(type + ".class")).toList();
      for (Path file : found) {
        String name = CLASSES.relativize(file).toString().replaceAll("[/\\\\]", ".");
        Class<?> tests = Class.forName(name.substring(0, name.length() - ".class".length()));
        for (Method one : tests.getDeclaredMethods()) {
          if (one.getName().equals(method) && AnnotationSupport.isAnnotated(one, Testable.class)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
