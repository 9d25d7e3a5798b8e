package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Any bytes as a key set. The seeds run as tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class JwkSetFuzzTest {
  @FuzzTest
  void readsOrRefusesAnyBytes(byte[] bytes) {
    try {
      JwkSet set = JwkSet.of(bytes);
      assertThat(set.ids()).isNotEmpty().hasSizeLessThanOrEqualTo(100).noneMatch(String::isBlank);
    } catch (Fault fault) {
      assertThat(fault.code()).isEqualTo(FaultCode.CORRUPT_DATA);
    }
  }
}
