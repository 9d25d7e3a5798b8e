package com.quiltdata.mcp.tools.access;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// With whose AWS rights the calls of somebody are made. Nothing of it is secret, and nobody was
/// asked for it.
public sealed interface AwsRights {
  /// Calls go to folders of this host.
  record NotNeeded() implements AwsRights {}

  /// There are rights.
  ///
  /// @param source where they come from, as logs name it, for example `data_role`
  /// @param role ARN of the role that is assumed, narrowed to the buckets and actions of each call
  record Found(String source, Optional<String> role) implements AwsRights {}

  /// There are none: calls are refused.
  ///
  /// @param fault the refusal
  record Refused(Fault fault) implements AwsRights {}

  /// Looks up the rights of callers.
  @FunctionalInterface
  interface Lookup {
    /// The rights of a caller with or without a token.
    AwsRights of(Caller caller);
  }

  /// The schema of [#toJson].
  static ObjectNode schema() {
    return object(
        "With whose AWS rights calls are made",
        member(
            "source",
            string(
                "local: those of this process; token: the token brings them; role: of the role that the token names; "
                    + "registry: the catalog's registry gave them; data_role, task_role: of this server; "
                    + "none: calls are refused; folder: AWS is not asked")),
        member(
            "narrowed", bool("Whether each call gets the rights to its buckets and actions only")),
        optional("role_arn", string("The role that is assumed")),
        optional("code", string("As calls are refused with")),
        optional("error", string("The same in words")));
  }

  /// As it is told to the caller.
  default ObjectNode toJson() {
    ObjectNode json = StrictJson.NODES.objectNode();
    return switch (this) {
      case NotNeeded _ -> json.put("source", "folder").put("narrowed", false);
      case Found(String source, Optional<String> role) -> {
        json.put("source", source).put("narrowed", role.isPresent());
        role.ifPresent(arn -> json.put("role_arn", arn));
        yield json;
      }
      case Refused(Fault fault) ->
          json.put("source", "none")
              .put("narrowed", false)
              .put("code", fault.code().wire())
              .put("error", fault.text());
    };
  }
}
