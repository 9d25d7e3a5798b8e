package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;
import java.util.Optional;

/// One JSON-RPC method. Thread-safe.
interface Method {
  /// Its name, for example `tools/list`.
  String name();

  /// Whether a revision has it.
  boolean isPartOf(ProtocolVersion version);

  /// Looks at the parameters before anything runs, so that a refusal can still have its own HTTP
  /// status.
  ///
  /// @throws RpcException when they are wrong
  void check(Call call);

  /// The level that the caller's token lacks for the call, where a token of more scope can be had.
  /// Asked after the check; the log is told.
  ///
  /// @return empty when that is not what stands in the way
  default Optional<Level> lackedLevel(Call call) {
    return Optional.empty();
  }

  /// Whether an answer may take long enough to be worth a thread of its own, with cancellation and
  /// a stream.
  default boolean isLong() {
    return false;
  }

  /// Whether an answer mostly waits for news.
  default boolean listens() {
    return false;
  }

  /// Answers.
  ///
  /// @throws RpcException when the request is answered with an error
  Result answer(Call call);
}
