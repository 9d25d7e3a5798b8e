package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What was proven of a release: each check with what was seen, in the order in which it was made.
public final class Checks {
  /// A check.
  public enum Check {
    /// All tasks of the version run.
    ROLLOUT,
    /// They run the image that was pushed.
    DIGEST,
    /// The load balancer sends them requests.
    TARGETS,
    /// The public address answers as it should.
    SMOKE
  }

  /// How a check ended.
  ///
  /// @param passed empty when it could not be made
  /// @param detail one line
  public record Result(Optional<Boolean> passed, String detail) {}

  private final Map<Check, Result> results = new LinkedHashMap<>();

  /// It is as it should be.
  public void passed(Check check, String detail) {
    results.put(check, new Result(Optional.of(true), detail));
  }

  /// It is not.
  public void failed(Check check, String detail) {
    results.put(check, new Result(Optional.of(false), detail));
  }

  /// Nobody can tell.
  public void skipped(Check check, String detail) {
    results.put(check, new Result(Optional.empty(), detail));
  }

  /// What is known.
  public Map<Check, Result> results() {
    return new LinkedHashMap<>(results);
  }

  /// Whether nothing is wrong.
  public boolean allPassed() {
    return results.values().stream().allMatch(one -> one.passed().orElse(true));
  }

  /// The first that failed.
  public Optional<Map.Entry<Check, Result>> firstFailed() {
    return results.entrySet().stream()
        .filter(one -> !one.getValue().passed().orElse(true))
        .findFirst();
  }

  /// For machines: `passed`, `failed` or `skipped`, and the detail.
  ObjectNode json() {
    ObjectNode json = Json.object();
    for (Check check : Check.values()) {
      Result result = results.get(check);
      ObjectNode one = json.putObject(check.name().toLowerCase(java.util.Locale.ROOT));
      if (result == null) {
        one.put("result", "not_reached");
      } else {
        one.put(
                "result",
                result.passed().map(passed -> passed ? "passed" : "failed").orElse("skipped"))
            .put("detail", result.detail());
      }
    }
    return json;
  }
}
