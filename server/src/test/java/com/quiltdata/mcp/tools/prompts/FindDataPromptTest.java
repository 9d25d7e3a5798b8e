package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tools.prompts.PromptBench.Said;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FindDataPromptTest {
  private static final String PROMPT = "find_data";

  private final PromptBench bench = new PromptBench(PromptBench.lab());

  @Test
  void looksInOneRegistry() {
    Said said = bench.local(PROMPT, "question", "viability of cells", "registry", "team");
    assertThat(said.task())
        .contains("> viability of cells\n", "packages_list with {\"registry\":\"s3://team\"")
        .doesNotContain("bucket_list")
        .doesNotContain("search_catalog");
    assertThat(said.data().toString())
        .isEqualTo("{\"registry\":\"s3://team\",\"packages\":[\"team/cells\"]}");
  }

  @Test
  void looksInTheBucketsThatTheTokenCovers() {
    Said said = bench.get(Callers.bearerOf(Set.of(), "team"), PROMPT, "question", "cells");
    assertThat(said.task()).contains("Call bucket_list with {}");
    assertThat(said.data().toString()).isEqualTo("{\"buckets\":[\"team\"]}");
  }

  @Test
  void needsTheRightToListARegistry() {
    assertThat(
            bench
                .refusal(
                    Callers.bearerOf(Set.of(), "team"),
                    PROMPT,
                    "question",
                    "cells",
                    "registry",
                    "team")
                .code())
        .isEqualTo(FaultCode.FORBIDDEN_ACTION);
  }
}
