package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.json.VisibleJson;
import tools.jackson.databind.JsonNode;

/// How much text a result may still take. Not thread-safe.
///
/// A tool that lists things asks before each; at the first that does not fit it stops, sets
/// `truncated` and gives what the client needs to go on. The contents of objects do not count, the
/// client bounds them itself with `max_bytes`.
public final class ResultBudget {
  // For what a tool adds behind its list: counts, cursors, hints.
  private static final long RESERVE = 4_096;

  private long left;

  private ResultBudget(long bytes) {
    this.left = bytes;
  }

  /// What a result has left.
  ///
  /// @param limits of the call
  /// @param fields what is in it already
  /// @return the rest
  public static ResultBudget after(ToolLimits limits, JsonNode fields) {
    return new ResultBudget(limits.resultBytes() - RESERVE - VisibleJson.bytes(fields));
  }

  /// An equal share of what is left; it is not taken off this.
  ///
  /// @param count how many lists share it
  /// @return one share
  public ResultBudget share(int count) {
    return new ResultBudget(left / count);
  }

  /// Takes what a value needs, if that much is left.
  ///
  /// @param value to be added to the result
  /// @return whether it fits; if not, nothing is taken
  public boolean take(JsonNode value) {
    return take(VisibleJson.bytes(value));
  }

  /// Takes a number of bytes, if that many are left.
  ///
  /// @param bytes how many, without the comma behind them
  /// @return whether they fit; if not, nothing is taken
  public boolean take(long bytes) {
    if (bytes + 1 > left) {
      return false;
    }
    left -= bytes + 1;
    return true;
  }
}
