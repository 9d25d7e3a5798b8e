package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The questions of one task: which are open, under which keys, and what was answered. A client is
/// never told a key twice, whatever keys the job uses. Guarded by its task.
final class OpenQuestions {
  private final Map<String, InputRequest> open = new LinkedHashMap<>();

  /// The job's key behind each key that the client was ever told.
  private final Map<String, String> jobKeys = new HashMap<>();

  private final ObjectNode answers = StrictJson.NODES.objectNode();

  /// Opens questions.
  ///
  /// @param questions by the job's keys
  void ask(Map<String, InputRequest> questions) {
    questions.forEach((key, question) -> {
      String told = unusedKey(key);
      jobKeys.put(told, key);
      open.put(told, question);
    });
  }

  private String unusedKey(String key) {
    String told = key;
    for (int times = 2; jobKeys.containsKey(told); times++) {
      told = key + "#" + times;
    }
    return told;
  }

  /// Takes answers. Keys that are not open say nothing, whatever their values are.
  ///
  /// @param given by the keys that the client was told
  /// @return whether any was taken
  boolean answer(ObjectNode given) {
    boolean isTaken = false;
    for (Map.Entry<String, JsonNode> answer : given.properties()) {
      if (open.remove(answer.getKey()) != null) {
        answers.set(jobKeys.getOrDefault(answer.getKey(), ""), answer.getValue());
        isTaken = true;
      }
    }
    return isTaken;
  }

  boolean areAnswered() {
    return open.isEmpty();
  }

  /// What is open, in the order of asking, by the keys that the client was told.
  Map<String, InputRequest> open() {
    return Collections.unmodifiableMap(open);
  }

  /// All answers by the job's keys.
  ObjectNode answers() {
    return answers.deepCopy();
  }

  /// Gives up all that is kept.
  void clear() {
    open.clear();
    jobKeys.clear();
    answers.removeAll();
  }
}
