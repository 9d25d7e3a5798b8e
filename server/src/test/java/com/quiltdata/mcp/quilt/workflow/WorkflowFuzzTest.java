package com.quiltdata.mcp.quilt.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Any bytes as a config, a schema and a pattern. The seeds run as tests; `.ci/fuzz` looks for
/// more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class WorkflowFuzzTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  /// Reading ends in a config or in a fault that names the registry.
  @FuzzTest
  void readsAnyConfig(byte[] bytes) {
    try {
      assertThat(ConfigReader.read(bytes, BUCKET).workflows().keySet())
          .allMatch(id -> id.length() <= 64);
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA);
      assertThat(e.text()).contains("s3://some-bucket");
    }
  }

  /// The first line is a schema, the second a value: there is a reason, none, or a fault.
  @FuzzTest
  void holdsAnyValueToAnySchema(byte[] bytes) {
    String[] lines = new String(bytes, UTF_8).split("\n", 2);
    if (lines.length < 2) {
      return;
    }
    JsonNode schema;
    JsonNode value;
    try {
      schema = JSON.read(lines[0]);
      value = JSON.read(lines[1]);
    } catch (MalformedJsonException e) {
      return;
    }
    try {
      Optional<String> reason = RuleSchema.of(schema).reason(value);
      reason.ifPresent(text -> assertThat(text).isNotBlank().hasSizeLessThanOrEqualTo(2_001));
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA);
    }
  }

  /// The first line is a pattern, the rest a text: it is found, not found, or there is a fault.
  @FuzzTest
  void searchesWithAnyPattern(byte[] bytes) {
    String[] lines = new String(bytes, UTF_8).split("\n", 2);
    try {
      PythonPattern pattern = PythonPattern.compile(lines[0]);
      pattern.find(lines.length < 2 ? "" : lines[1]);
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA);
    }
  }
}
