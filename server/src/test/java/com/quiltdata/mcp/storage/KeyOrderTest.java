package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyOrderTest {
  @Test
  void isTheOrderOfUtf8Bytes() {
    List<String> keys = List.copyOf(OddKeys.random(3, 400));
    KeyOrder order = new KeyOrder();
    for (String left : keys) {
      for (String right : keys) {
        int bytes = Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
        assertThat(Integer.signum(order.compare(left, right))).isEqualTo(Integer.signum(bytes));
      }
    }
  }
}
