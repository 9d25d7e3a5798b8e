package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads a workflows config and holds it to `workflows-config.json`, our own schema of the form
/// 1.1.
final class ConfigReader {
  private static final RuleSchema FORM = RuleSchema.of(ownSchema());
  private static final Pattern SUPPORTED = Pattern.compile("1(\\.0){0,2}|1\\.1(\\.0)?");

  private ConfigReader() {}

  private static JsonNode ownSchema() {
    try (InputStream in = ConfigReader.class.getResourceAsStream("workflows-config.json")) {
      if (in == null) {
        throw new IllegalStateException("the schema of workflow configs is not in this program");
      }
      return new StrictJson(JsonLimits.DEFAULT).read(in.readNBytes(StoredFiles.MAX_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WorkflowConfig read(byte[] yaml, BucketName bucket) {
    try {
      JsonNode config = YamlTree.read(yaml);
      FORM.reason(config)
          .ifPresent(reason -> {
            throw new Fault(FaultCode.CORRUPT_DATA, reason);
          });
      requireSupported(config.path("version"));
      return config(config);
    } catch (Fault e) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "The workflows config of registry s3://%s cannot be used: %s".formatted(bucket, e.text()),
          e);
    }
  }

  private static void requireSupported(JsonNode version) {
    String base = version.isString() ? version.stringValue() : version.path("base").stringValue();
    if (!SUPPORTED.matcher(base).matches()) {
      throw new Fault(
          FaultCode.CORRUPT_DATA, "version %s is not known, use 1 or 1.1".formatted(base));
    }
  }

  private static WorkflowConfig config(JsonNode config) {
    Map<String, Workflow> workflows = new LinkedHashMap<>();
    config
        .path("workflows")
        .properties()
        .forEach(
            member -> workflows.put(member.getKey(), workflow(member.getKey(), member.getValue())));
    Map<String, String> schemas = new LinkedHashMap<>();
    config
        .path("schemas")
        .properties()
        .forEach(
            member -> schemas.put(member.getKey(), member.getValue().path("url").stringValue()));
    return new WorkflowConfig(
        config.path("is_workflow_required").asBoolean(true),
        text(config, "default_workflow"),
        workflows,
        schemas);
  }

  private static Workflow workflow(String id, JsonNode json) {
    return new Workflow(
        id,
        json.path("is_message_required").asBoolean(false),
        text(json, "handle_pattern"),
        text(json, "metadata_schema"),
        text(json, "entries_schema"));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return json.optional(name).map(JsonNode::stringValue);
  }
}
