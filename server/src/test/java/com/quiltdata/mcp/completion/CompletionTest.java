package com.quiltdata.mcp.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CompletionTest {
  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  @Test
  void tellsHowManyThereAreWhenThatIsKnown() {
    assertThat(Completion.ofAll(numbers(3)))
        .isEqualTo(new Completion(numbers(3), OptionalInt.of(3), false));
    assertThat(Completion.ofAll(numbers(250)))
        .isEqualTo(new Completion(numbers(100), OptionalInt.of(250), true));
    assertThat(Completion.of(numbers(3), false)).isEqualTo(Completion.ofAll(numbers(3)));
    assertThat(Completion.of(numbers(3), true))
        .isEqualTo(new Completion(numbers(3), OptionalInt.empty(), true));
    assertThat(Completion.of(numbers(101), true))
        .isEqualTo(new Completion(numbers(100), OptionalInt.empty(), true));
    assertThat(Completion.none()).isEqualTo(new Completion(List.of(), OptionalInt.of(0), false));
  }

  @Test
  void neverHoldsMoreThanTheProtocolAllows() {
    assertThatThrownBy(() -> new Completion(numbers(101), OptionalInt.empty(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
