package com.quiltdata.mcp.deploy.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureKindTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(service x) registered 1 targets in (target-group arn:x)",
        "(service x) deregistered 1 targets in (target-group arn:x)",
        "(service x) has begun draining connections on 1 tasks.",
        "(service x) has started 1 tasks: (task 1)."
      })
  void whatHappensInEveryRolloutIsNoCause(String event) {
    assertThat(Arrays.stream(FailureKind.values()).filter(kind -> kind.speaksOf(event))).isEmpty();
  }

  @Test
  void anUnhealthyTargetIsACause() {
    assertThat(
            FailureKind.TARGET_HEALTH.speaksOf(
                "(service x) (port 8000) is unhealthy in (target-group arn:x) due to (reason Health checks failed)"))
        .isTrue();
  }
}
