package com.quiltdata.mcp.observe;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import tools.jackson.databind.JsonNode;

/// What a part of the program logs while it is open, as it is written in production.
public final class HeardLines extends Handler implements AutoCloseable {
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final JsonLogFormatter formatter = new JsonLogFormatter("tests", "0");
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private HeardLines(Logger logger) {
    this.logger = logger;
  }

  /// Begins to listen.
  ///
  /// @param part whose lines are meant, as [EventLog#named] calls it
  public static HeardLines of(String part) {
    HeardLines heard = new HeardLines(Logger.getLogger("quilt." + part));
    heard.logger.addHandler(heard);
    return heard;
  }

  /// The lines so far in which a field has a value.
  ///
  /// @param field its name
  /// @param value text
  public List<JsonNode> where(String field, String value) {
    return lines.stream().filter(line -> line.path(field).asString("").equals(value)).toList();
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(json.read(formatter.format(line)));
  }

  @Override
  public void flush() {
    // Every line is kept at once.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
