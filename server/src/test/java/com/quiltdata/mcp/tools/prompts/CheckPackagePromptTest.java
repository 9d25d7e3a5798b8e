package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.tools.prompts.PromptBench.Said;
import org.junit.jupiter.api.Test;

final class CheckPackagePromptTest {
  private static final String PROMPT = "check_package";

  private final PromptBench bench = new PromptBench(PromptBench.lab());

  @Test
  void asksForEveryFileOfTheRevision() {
    Said said =
        bench.get(Callers.bearer("team"), PROMPT, "registry", "team", "package_name", "team/cells");
    String hash = said.data().path("top_hash").asString();
    assertThat(said.task())
        .contains(
            "package_browse with {\"package_name\":\"team/cells\",\"registry\":\"s3://team\",\"top_hash\":\"%s\""
                .formatted(hash))
        .contains(
            "1. Let the server check it",
            "package_validate with {\"package_name\":\"team/cells\",\"registry\":\"s3://team\",\"top_hash\":\"%s\"}"
                .formatted(hash))
        .doesNotContain("bucket_object_info");
    assertThat(said.data().path("entries")).hasSize(2);
  }

  @Test
  void checksAnOlderRevision() {
    Said said =
        bench.local(
            PROMPT, "registry", "team", "package_name", "team/cells", "revision", "1700000001");
    assertThat(said.data().path("message").asString()).isEqualTo("First plate");
    assertThat(said.data().path("entries")).hasSize(1);
  }
}
