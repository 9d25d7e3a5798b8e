package com.quiltdata.mcp.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing is done unasked where somebody may be there to be asked.
final class KeyboardTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static boolean confirms(Duration patience, String... test) {
    Person person = new AtKeyboard(new Keyboard(List.of(test), patience), Terminal.NONE);
    return new Console(new PrintWriter(new StringWriter()), person, false, Terminal.NONE, false)
        .confirms("Sure?");
  }

  @Test
  void whereNobodyIsThereNobodyIsAsked() {
    assertThat(confirms(LONG, "/bin/sh", "-c", "exit 1")).isTrue();
  }

  @Test
  void aTerminalMeansSomebody() {
    assertThat(new Keyboard(List.of("/bin/sh", "-c", "exit 0"), LONG).typist())
        .isEqualTo(Keyboard.Typist.SOMEBODY);
  }

  @ParameterizedTest
  @CsvSource({
    "60000, test -t 0 -o, exit code 2",
    "60000, /bin/nowhere -t 0, No such file",
    "1, tail -f /dev/null, no answer within 1 ms",
  })
  void whatCannotBeToldIsRefused(long millis, String test, String why) {
    assertThatThrownBy(() -> confirms(Duration.ofMillis(millis), test.split(" ", -1)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
              assertThat(failure.cause())
                  .contains(why, "nothing was changed", "Add --yes to go on unasked");
            });
  }

  @Test
  void anInterruptIsANo() {
    Thread.currentThread().interrupt();
    try {
      assertThat(confirms(LONG, "/bin/sh", "-c", "exit 1")).isFalse();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
