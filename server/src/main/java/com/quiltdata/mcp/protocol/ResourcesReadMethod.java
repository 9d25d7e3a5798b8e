package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.resource.ResourceContents;
import tools.jackson.databind.node.ObjectNode;

/// `resources/read`.
final class ResourcesReadMethod implements Method {
  private final ResourceCatalog catalog;
  private final RevisionWriter writer;
  private final Deadline deadline;
  private final Dialogue dialogue;

  ResourcesReadMethod(
      ResourceCatalog catalog, RevisionWriter writer, Deadline deadline, Dialogue dialogue) {
    this.catalog = catalog;
    this.writer = writer;
    this.deadline = deadline;
    this.dialogue = dialogue;
  }

  @Override
  public String name() {
    return "resources/read";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public void check(Call call) {
    Params.requireText(call.params(), "uri");
    dialogue.check(call);
  }

  @Override
  public Result answer(Call call) {
    String uri = call.params().path("uri").stringValue();
    try {
      return dialogue.run(call, name(), input -> turn(call, uri, input));
    } catch (Fault fault) {
      throw new RpcException(
          ErrorCode.INVALID_PARAMS,
          fault.text(),
          StrictJson.NODES.objectNode().put("uri", uri).put("code", fault.code().wire()));
    }
  }

  private Turn turn(Call call, String uri, Input input) {
    ResourceCatalog.Read read =
        deadline
            .run(() -> catalog.read(uri, call.caller(), input))
            .orElseThrow(() -> writer.resourceNotFound(call.version(), uri));
    ObjectNode result = StrictJson.NODES.objectNode();
    ObjectNode contents =
        result
            .putArray("contents")
            .addObject()
            .put("uri", uri)
            .put("mimeType", read.spec().mimeType());
    switch (read.contents()) {
      case ResourceContents.Asks(InputRequired required) -> {
        return new Turn.Asks(required);
      }
      case ResourceContents.Text text -> contents.put("text", text.text());
      case ResourceContents.Json json -> contents.put("text", writer.text(json.value()));
      case ResourceContents.Blob blob -> contents.put("blob", blob.base64());
    }
    return new Turn.Done(Result.Tree.cached(result, Result.Caching.NONE));
  }
}
