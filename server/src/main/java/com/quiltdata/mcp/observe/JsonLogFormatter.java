package com.quiltdata.mcp.observe;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import tools.jackson.databind.node.ObjectNode;

/// One JSON object a line; nothing in it can end the line or hide the rest.
final class JsonLogFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final String service;
  private final String version;

  JsonLogFormatter(String service, String version) {
    this.service = service;
    this.version = version;
  }

  @Override
  public String format(LogRecord record) {
    LogLine line = LogLine.of(record);
    ObjectNode object =
        StrictJson.NODES
            .objectNode()
            .put("timestamp", TIME.format(record.getInstant()))
            .put("level", line.level())
            .put("logger", record.getLoggerName())
            .put("message", line.message())
            .put("thread", Long.toString(record.getLongThreadID()))
            .put("service", service)
            .put("version", version);
    line.fields()
        .forEach((name, value) -> {
          switch (value) {
            case Integer number -> object.put(name, number);
            case Long number -> object.put(name, number);
            case Double number -> object.put(name, number);
            case Boolean flag -> object.put(name, flag);
            default -> object.put(name, value.toString());
          }
        });
    return VisibleJson.of(json.text(object)) + "\n";
  }
}
