package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every pattern that a class of this program keeps answers long texts in linear time.
final class OwnPatternsTest {
  private static final int LENGTH = 50_000;
  private static final List<String> PIECES = List.of("a", "1", ".", "-", "/", "a.", "a/", " ", "日");

  // Looked for inside a text. All others are matched with the whole of it.
  private static final Set<String> SOUGHT =
      Set.of(
          "BucketName.EMPTY_LABEL",
          "Redaction.SECRETS",
          "RequestIds.ROOT",
          "UriTemplate.EXPRESSION");

  record Own(String where, Pattern pattern) {
    @Override
    public String toString() {
      return where;
    }
  }

  static List<Own> patterns() throws IOException, URISyntaxException, ReflectiveOperationException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Own> patterns = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        name = name.substring(0, name.length() - ".class".length());
        if (!name.endsWith("package-info")) {
          collect(Class.forName(name), patterns);
        }
      }
    }
    return patterns;
  }

  private static void collect(Class<?> type, List<Own> patterns)
      throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == Pattern.class && Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        patterns.add(
            new Own(type.getSimpleName() + "." + field.getName(), (Pattern) field.get(null)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void isLinear(Own own) {
    for (String piece : PIECES) {
      for (String end : List.of("", "!", "\n")) {
        String text = piece.repeat(LENGTH / piece.length()) + end;
        assertTimeout(
            Duration.ofMillis(500),
            () -> {
              own.pattern().matcher(text).matches();
              if (SOUGHT.contains(own.where())) {
                own.pattern().matcher(text).results().count();
              }
            });
      }
    }
    assertThat(own.pattern().pattern()).isNotEmpty();
  }
}
