package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.ToolResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// How replicas tell each other of a task: a line of JSON, then the members of its result, if it
/// has one. A result may be large and is any JSON: it is never read again.
final class TaskForm {
  private static final byte LINE_END = '\n';

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final TaskWords words;

  TaskForm(TaskWords words) {
    this.words = words;
  }

  /// The members of a result.
  byte[] result(ToolResult result) {
    return json.write(words.result(result));
  }

  ObjectNode requests(Map<String, InputRequest> open) {
    return words.requests(new InputRequired(open, Optional.empty()));
  }

  byte[] write(ObjectNode task, byte[] result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(json.write(task));
    bytes.write(LINE_END);
    bytes.writeBytes(result);
    return bytes.toByteArray();
  }

  /// Reads what [#write] wrote.
  ObjectNode read(byte[] bytes) {
    int end = 0;
    while (bytes[end] != LINE_END) {
      end++;
    }
    ObjectNode task = (ObjectNode) json.read(Arrays.copyOf(bytes, end));
    int start = end + 1;
    if (start < bytes.length) {
      String result = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
      task.set("result", StrictJson.NODES.rawValueNode(new RawValue(result)));
    }
    return task;
  }
}
