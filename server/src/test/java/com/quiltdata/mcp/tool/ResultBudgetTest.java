package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.StrictJson;
import org.junit.jupiter.api.Test;

final class ResultBudgetTest {
  @Test
  void takesUntilTheResultIsFull() {
    ResultBudget budget = ResultBudget.after(ToolLimits.defaults(), StrictJson.NODES.objectNode());
    int taken = 0;
    while (budget.take(StrictJson.NODES.stringNode("x".repeat(997)))) {
      taken++;
    }
    assertThat(taken).isEqualTo((ToolLimits.defaults().resultBytes() - 4_096 - 2) / 1_000);
    assertThat(budget.take(1)).isTrue();
  }

  @Test
  void takesNothingForWhatDoesNotFit() {
    ResultBudget budget =
        ResultBudget.after(ToolLimits.defaults(), StrictJson.NODES.stringNode("x".repeat(1 << 20)));
    assertThat(budget.take(1)).isFalse();
    ResultBudget share =
        ResultBudget.after(ToolLimits.defaults(), StrictJson.NODES.objectNode()).share(4);
    assertThat(share.take(ToolLimits.defaults().resultBytes() / 4)).isFalse();
    assertThat(share.take(ToolLimits.defaults().resultBytes() / 5)).isTrue();
  }
}
