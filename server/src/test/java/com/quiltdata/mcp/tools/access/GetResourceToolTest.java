package com.quiltdata.mcp.tools.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class GetResourceToolTest {
  private static final String TOOL = "get_resource";

  private final ToolBench bench = ToolBench.empty();

  @Test
  void listsResourcesWhenNoneIsNamed() {
    Answer answer = bench.local(TOOL).succeeds();
    assertThat(answer.names())
        .containsExactly("success", "uri", "resource_name", "data", "timestamp", "mime_type");
    assertThat(answer.text("uri")).isEqualTo("discovery://resources");
    assertThat(answer.text("timestamp")).isEqualTo(ToolBench.NOW.toString());
    JsonNode data = answer.get("data");
    assertThat(data.get("resources").valueStream().map(r -> r.get("uri").stringValue()))
        .containsExactly("auth://status", "auth://filesystem/status", "auth://catalog/info");
    assertThat(data.get("count").intValue()).isEqualTo(3);
    assertThat(bench.local(TOOL, "uri", "discovery://resources").get("data")).isEqualTo(data);
  }

  @Test
  void tellsTheCallerWhatTheTokenAllows() {
    Answer answer = bench.call(Callers.bearer("b", "a"), TOOL, "uri", "auth://status").succeeds();
    JsonNode status = answer.get("data");
    assertThat(status.propertyNames())
        .contains(
            "status",
            "catalog_url",
            "catalog_name",
            "registry_bucket",
            "user_info",
            "suggested_actions",
            "search_available",
            "next_steps");
    JsonNode user = status.get("user_info");
    assertThat(user.get("subject").stringValue()).isEqualTo("user-1");
    assertThat(user.get("level").stringValue()).isEqualTo("read");
    assertThat(user.get("buckets").valueStream().map(JsonNode::stringValue))
        .containsExactly("a", "b");
    assertThat(user.get("bucket_count").intValue()).isEqualTo(2);
    assertThat(user.get("expires_at").stringValue()).isEqualTo("2030-01-01T00:00:00Z");
    JsonNode local = bench.local(TOOL, "uri", "auth://status").get("data").get("user_info");
    assertThat(local.get("subject").stringValue()).isEqualTo("local");
    JsonNode none = bench.call(Callers.bearer(), TOOL, "uri", "auth://status").get("data");
    assertThat(none.get("suggested_actions").get(0).stringValue()).contains("covers no bucket");
  }

  @Test
  void tellsOfTheCatalog() {
    JsonNode info = bench.local(TOOL, "uri", "auth://catalog/info").succeeds().get("data");
    assertThat(info.propertyNames())
        .contains(
            "catalog_name",
            "navigator_url",
            "registry_url",
            "is_authenticated",
            "logged_in_url",
            "region",
            "tabulator_data_catalog",
            "detection_method",
            "deployment_mode",
            "search_backend_status");
    assertThat(info.get("catalog_name").stringValue()).isEqualTo("catalog.example.com");
  }

  @Test
  void tellsOfFoldersToTheUserOfThisHostOnly() {
    String uri = "auth://filesystem/status";
    JsonNode own = bench.local(TOOL, "uri", uri).succeeds().get("data");
    assertThat(own.get("home_directory").get("path").stringValue()).isEqualTo("home");
    assertThat(own.get("temp_directory").get("writable").booleanValue()).isFalse();
    JsonNode foreign = bench.call(Callers.bearer("*"), TOOL, "uri", uri).succeeds().get("data");
    assertThat(foreign.get("status").stringValue()).isEqualTo("not applicable");
    assertThat(foreign.propertyNames()).containsExactly("status", "message");
  }

  @Test
  void saysWhichResourcesThereAre() {
    Answer answer = bench.local(TOOL, "uri", "admin://n\u200bone");
    answer.fails("not_found", "Resource not found: admin://n\\u{200b}one");
    assertThat(answer.get("valid_uris")).hasSize(3);
    assertThat(answer.get("possible_fixes")).hasSize(1);
    assertThat(answer.text("cause")).isNotBlank();
  }
}
