package com.quiltdata.mcp.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.replica.ReplicaId;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskIdTest {
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-01-02T03:04:05.678Z",
        "2038-01-19T03:14:08.001Z",
        "2106-02-07T06:28:16Z",
        "9999-12-31T23:59:59.999Z"
      })
  void isReadAsItWasWritten(String time) {
    for (int i = 0; i < 100; i++) {
      TaskId id = TaskId.of(ReplicaId.random(random), Instant.parse(time), random);
      assertThat(TaskId.of(id.toBytes())).contains(id);
    }
  }

  @Test
  void otherLengthsAreNone() {
    for (int length = 0; length < 64; length++) {
      assertThat(TaskId.of(new byte[length]).isPresent()).isEqualTo(length == 20);
    }
  }
}
