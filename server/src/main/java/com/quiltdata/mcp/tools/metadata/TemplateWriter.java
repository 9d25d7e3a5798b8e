package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.quilt.template.TemplateField;
import com.quiltdata.mcp.tool.Parameter;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Templates as members of results, and the parameter that names one.
final class TemplateWriter {
  private TemplateWriter() {}

  static Parameter parameter(String description) {
    return Parameter.text("template_name", description)
        .oneOf(MetadataTemplate.names().toArray(String[]::new));
  }

  static MetadataTemplate find(String name) {
    return MetadataTemplate.find(name).orElseThrow();
  }

  /// All templates, by name.
  static ObjectNode all() {
    ObjectNode templates = StrictJson.NODES.objectNode();
    for (MetadataTemplate template : MetadataTemplate.values()) {
      templates.set(template.wire(), describe(template));
    }
    return templates;
  }

  private static ObjectNode describe(MetadataTemplate template) {
    ObjectNode described = StrictJson.NODES.objectNode().put("description", template.title());
    ArrayNode names = described.putArray("fields");
    ObjectNode meanings = described.putObject("meanings");
    for (TemplateField field : template.fields()) {
      names.add(field.name());
      meanings.put(field.name(), "%s (%s)".formatted(field.meaning(), field.kind().words()));
    }
    described.set("example", Examples.of(template));
    return described;
  }

  /// The members that only people can tell, and nobody has told yet.
  static List<String> open(MetadataTemplate template, ObjectNode metadata) {
    return template.fields().stream()
        .map(TemplateField::name)
        .filter(name -> metadata.path(name).asString("").equals(TemplateField.UNKNOWN))
        .toList();
  }
}
