package com.quiltdata.mcp.deploy.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeMcp;
import com.quiltdata.mcp.deploy.fake.VirtualPace;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A server that has too much to do just now.
final class BusyServerTest {
  private final VirtualPace pace = new VirtualPace();

  private SmokeResult ask(int busy) {
    try (FakeMcp server = new FakeMcp();
        SmokeTest test = new SmokeTest(server.uri(), Optional.empty(), pace)) {
      server.busy = busy;
      return test.run(Optional.empty());
    }
  }

  @Test
  void isAskedAgainWhenItSaysThatItHasTime() {
    assertThat(ask(3).ok()).isTrue();
    assertThat(pace.elapsed()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void isNotAskedForEver() {
    SmokeResult result = ask(50);
    assertThat(result.ok()).isFalse();
    assertThat(result.problem().orElseThrow()).contains("HTTP 429");
  }
}
