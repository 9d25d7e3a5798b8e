package com.quiltdata.mcp.quilt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Any text as a path inside a package: what is taken never leads out of a folder. The seeds run as
/// tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LogicalKeyFuzzTest {
  private static final Path FOLDER = Path.of("/folder");

  @FuzzTest
  void readsOrRefusesAnyPath(byte[] utf8) {
    String text = new String(utf8, UTF_8);
    List<String> parts = List.of(text.split("/", -1));
    boolean isGood =
        parts.stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    try {
      LogicalKey key = LogicalKey.parse(text);
      assertThat(isGood).as(text).isTrue();
      assertThat(key.value()).isEqualTo(text);
      assertThat(key.folder() + key.name()).isEqualTo(text);
      assertThat(key.isFolderOf(key)).isFalse();
      assertThat(LogicalKey.parse(text + "/x")).isGreaterThan(key).matches(key::isFolderOf);
      // What a host's file system makes of other characters depends on its locale.
      if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
        Path path = FOLDER.resolve(text).normalize();
        assertThat(path.startsWith(FOLDER)).as(text).isTrue();
        assertThat(path.getNameCount()).isEqualTo(parts.size() + 1);
      }
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.INVALID_LOGICAL_KEY);
      assertThat(isGood).as(text).isFalse();
    }
  }
}
