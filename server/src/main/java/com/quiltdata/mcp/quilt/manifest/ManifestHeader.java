package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The first line of a manifest: what is said about the package as a whole.
///
/// The whole object is kept, unknown members and the difference between absent and null included,
/// because all of it goes into the top hash.
///
/// @param json the object without `top_hash`, which old files hold; not to be changed
public record ManifestHeader(ObjectNode json) {
  private static final String VERSION = "v0";

  /// Copies the object and checks the members that have a meaning.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] naming the member that is wrong
  public ManifestHeader {
    json = json.deepCopy();
    json.remove("top_hash");
    JsonNode version = json.get("version");
    if (version == null || !version.isString()) {
      throw wrong("the header has no version");
    }
    if (!version.stringValue().equals(VERSION)) {
      throw wrong("the header has another version than " + VERSION);
    }
    json.optional("user_meta")
        .filter(meta -> !meta.isObject() && !meta.isNull())
        .ifPresent(_ -> {
          throw wrong("user_meta of the header is no object");
        });
    json.optional("workflow")
        .filter(workflow -> !workflow.isObject() && !workflow.isNull())
        .ifPresent(_ -> {
          throw wrong("workflow of the header is no object");
        });
    json.optional("message")
        .filter(message -> !message.isString() && !message.isNull())
        .ifPresent(_ -> {
          throw wrong("message of the header is no text");
        });
  }

  private static Fault wrong(String what) {
    return new Fault(FaultCode.CORRUPT_DATA, what);
  }

  /// The metadata of the package; empty when absent or null.
  public Optional<ObjectNode> userMeta() {
    return object("user_meta");
  }

  /// The workflow that checked the package: `id`, `config` and perhaps `schemas`.
  public Optional<ObjectNode> workflow() {
    return object("workflow");
  }

  /// The commit message; empty when absent or null, while the empty text is a message.
  public Optional<String> message() {
    return json.optional("message").filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  private Optional<ObjectNode> object(String name) {
    return json.optional(name).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
  }
}
