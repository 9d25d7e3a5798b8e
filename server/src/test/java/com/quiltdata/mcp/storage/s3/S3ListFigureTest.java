package com.quiltdata.mcp.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.tools.ToolBench;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;

/// A full page with links costs one request, whatever its size.
final class S3ListFigureTest {
  private static final String TOOL = "bucket_objects_list";

  @Test
  void pageOfAThousandWithLinksIsOneRequest() {
    try (FakeS3 s3 = listing()) {
      ToolBench.Answer answer =
          new ToolBench(s3.store()).local(TOOL, "bucket", "some-bucket", "max_keys", 1_000);
      assertThat(answer.isSuccess()).isTrue();
      assertThat(answer.get("count").intValue()).isEqualTo(1_000);
      for (JsonNode object : answer.get("objects")) {
        assertThat(object.path("signed_url").stringValue()).contains("&X-Amz-Signature=");
      }
      assertThat(s3.asked()).hasSize(1);
    }
  }

  @Test
  void pageThatIsCutForItsSizeIsOneRequestToo() {
    try (FakeS3 s3 = listing()) {
      var session =
          AwsSessionCredentials.create(
              "ASIAX", UsedSecrets.named("key"), UsedSecrets.note("t".repeat(900)));
      ToolBench bench = new ToolBench(s3.store(StaticCredentialsProvider.create(session)));
      ToolBench.Answer answer = bench.local(TOOL, "bucket", "some-bucket", "max_keys", 1_000);
      int count = answer.get("count").intValue();
      assertThat(count).isBetween(500, 999);
      assertThat(answer.get("truncated").booleanValue()).isTrue();
      assertThat(s3.asked()).hasSize(1);

      String token = answer.text("next_continuation_token");
      bench.local(TOOL, "bucket", "some-bucket", "continuation_token", token);
      String last = answer.get("objects").get(count - 1).path("key").stringValue();
      assertThat(s3.asked().getLast().line()).contains("start-after=" + UriText.of(last));
    }
  }

  private static FakeS3 listing() {
    byte[] page = ListedPage.ofThousand();
    return new FakeS3((_, out) -> out.send(200, "application/xml", page));
  }
}
