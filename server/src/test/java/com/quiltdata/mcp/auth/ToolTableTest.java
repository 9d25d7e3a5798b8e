package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.GoldenFile;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What each tool needs, those that are not built yet included: a change shows in review.
final class ToolTableTest {
  @Test
  void everyRowIsKept() {
    GoldenFile.ofResource("rights.txt")
        .matches(
            ToolTable.rows().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(row -> row.getKey() + " " + text(row.getValue()) + "\n")
                .collect(Collectors.joining()));
  }

  private static String text(ToolNeeds needs) {
    return "%s %s %s"
        .formatted(needs.level(), needs.rule(), String.join(",", needs.actions()))
        .strip();
  }
}
