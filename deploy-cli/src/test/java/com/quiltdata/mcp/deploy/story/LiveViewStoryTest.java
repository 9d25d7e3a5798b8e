package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a release shows at a terminal, page by page. `-Dgolden.update=true` writes the pages.
final class LiveViewStoryTest {
  private static final Path PAGES =
      Path.of("src", "test", "resources", "golden", "console", "rollout.txt");

  /// Up by so many lines, and everything below is erased.
  private static final Pattern REDRAWN = Pattern.compile("\u001b\\[(\\d+)A\r\u001b\\[J");

  private static final Pattern COLOR = Pattern.compile("\u001b\\[\\d+m");
  private static final String HOSTILE =
      "(service sales-prod-mcp-server-production) \u001b[2J\u001b]0;owned\u0007has \u202estarted\u009b31m\n1 tasks: 日本語 👩 \u0000"
          + "and goes on"
          + " and on".repeat(20);

  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  private void isReleased(int columns) {
    bench.terminal = () -> OptionalInt.of(columns);
    bench
        .fake
        .after(
            30,
            (service, ours) ->
                service.fail(
                    ours, "TaskFailedToStart", "CannotPullContainerError: \u001b[5mtry again"))
        .after(45, (service, _) -> service.event(bench.fake.pace.instant(), HOSTILE));
    bench.goesWell();
    assertThat(bench.release().code()).as(bench.err.toString()).isEqualTo(ExitCode.OK);
  }

  /// The pages, each without what was above the first one.
  private List<String> pages() {
    String text = COLOR.matcher(bench.err.toString()).replaceAll("");
    List<String> pages = new ArrayList<>();
    Matcher redrawn = REDRAWN.matcher(text);
    int begin = text.indexOf("\n 0:00  ") + 1;
    while (redrawn.find()) {
      String page = text.substring(begin, redrawn.start());
      assertThat(page.lines().filter(line -> !line.startsWith("note: ")).count())
          .as("what is erased is the page: %s", page)
          .isEqualTo(Long.parseLong(redrawn.group(1)));
      pages.add(page);
      begin = redrawn.end();
    }
    pages.add(text.substring(begin));
    return pages;
  }

  @Test
  void pagesAreRedrawnInPlace() throws IOException {
    isReleased(80);
    String shown = String.join("----\n", pages());
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(PAGES.getParent());
      Files.writeString(PAGES, shown);
    }
    assertThat(PAGES).content().isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 132})
  void noPageIsWiderThanTheTerminalOrEightyColumns(int columns) {
    isReleased(columns);
    assertThat(pages())
        .hasSizeGreaterThan(5)
        .allSatisfy(page ->
            assertThat(page.lines())
                .allMatch(line -> line.length() <= Math.max(80, columns))
                .hasSizeLessThanOrEqualTo(23));
    assertThat(String.join("", pages()).lines().mapToInt(String::length).max().orElse(0))
        .as("the room is used")
        .isEqualTo(Math.max(80, columns));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noControlCharacterOfAwsGetsThrough(boolean colors) {
    bench.colors = colors;
    isReleased(80);
    String text = REDRAWN.matcher(bench.err.toString()).replaceAll("");
    assertThat(COLOR.matcher(text).find()).isEqualTo(colors);
    assertThat(COLOR.matcher(text).replaceAll("").codePoints())
        .allMatch(point ->
            point == '\n' || (point >= ' ' && point < 0x7f) || point == '…' || point == '×');
  }

  @Test
  void withoutATerminalThereAreLinesAndNothingElse() {
    bench.colors = true;
    bench.fake.after(45, (service, _) -> service.event(bench.fake.pace.instant(), HOSTILE));
    bench.goesWell();
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
    assertThat(bench.err.toString())
        .contains("  0 s  quilt-mcp-server:2 PRIMARY 0/1 running")
        .contains("has ?started?31m 1 tasks: 日本語")
        .contains("targets: 10.0.1.")
        .matches("(?s)[\n \\p{IsPrint}]*");
    assertThat(bench.err.toString().lines().filter(line -> line.contains("0/1 running")))
        .as("what does not change is told once")
        .hasSizeLessThan(3);
  }

  @Test
  void whoWantsItQuietSeesProblemsOnly() {
    bench.quiet = true;
    isReleased(80);
    assertThat(bench.err.toString().lines()).allMatch(line -> line.startsWith("note: "));
  }

  @Test
  void aNoteStandsAboveThePage() {
    bench.terminal = () -> OptionalInt.of(80);
    bench.fails("EssentialContainerExited", "Essential container in task exited");
    bench.fake.after(400, (service, ours) -> service.complete(ours, DIGEST));
    bench.release();
    assertThat(pages())
        .anySatisfy(page ->
            assertThat(page.lines().toList())
                .first()
                .asString()
                .startsWith("note: The release fails: the container exits (3 times)"));
  }
}
