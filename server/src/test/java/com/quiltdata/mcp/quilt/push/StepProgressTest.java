package com.quiltdata.mcp.quilt.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StepProgressTest {
  @Test
  void tellsAboutEachOfFewItems() {
    assertThat(reports(3)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void tellsAboutEveryHundredthOfMany() {
    assertThat(reports(1_000))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 100).mapToObj(i -> i * 10).toList());
  }

  private static List<Long> reports(int total) {
    List<Long> reports = new ArrayList<>();
    StepProgress progress =
        new StepProgress((_, done, _) -> reports.add(done), PushStep.COPY, total);
    for (int i = 0; i < total; i++) {
      progress.one();
    }
    return reports;
  }
}
