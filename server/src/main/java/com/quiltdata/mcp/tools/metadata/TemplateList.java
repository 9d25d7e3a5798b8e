package com.quiltdata.mcp.tools.metadata;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.quilt.template.TemplateField;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All templates as JSON.
final class TemplateList {
  private TemplateList() {}

  static ArrayNode json() {
    ArrayNode list = StrictJson.NODES.arrayNode();
    for (MetadataTemplate template : MetadataTemplate.values()) {
      ObjectNode item =
          list.addObject().put("name", template.wire()).put("description", template.description());
      item.set("fields", fields(template.fields()));
    }
    return list;
  }

  static ArrayNode fields(List<TemplateField> fields) {
    ArrayNode list = StrictJson.NODES.arrayNode();
    fields.forEach(
        field -> list.addObject().put("name", field.name()).put("meaning", field.meaning()));
    return list;
  }
}
