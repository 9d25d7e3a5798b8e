package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceCatalog;

/// `resources/subscribe` and `resources/unsubscribe` of the revisions up to 2025-11-25: what the
/// stream of a session tells.
final class SubscribeMethod implements Method {
  private final boolean isEnd;
  private final ResourceCatalog catalog;
  private final SessionNotes notes;
  private final Changes changes;
  private final RevisionWriter writer;

  private SubscribeMethod(
      boolean isEnd,
      ResourceCatalog catalog,
      SessionNotes notes,
      Changes changes,
      RevisionWriter writer) {
    this.isEnd = isEnd;
    this.catalog = catalog;
    this.notes = notes;
    this.changes = changes;
    this.writer = writer;
  }

  static Method begin(
      ResourceCatalog catalog, SessionNotes notes, Changes changes, RevisionWriter writer) {
    return new SubscribeMethod(false, catalog, notes, changes, writer);
  }

  static Method end(
      ResourceCatalog catalog, SessionNotes notes, Changes changes, RevisionWriter writer) {
    return new SubscribeMethod(true, catalog, notes, changes, writer);
  }

  @Override
  public String name() {
    return isEnd ? "resources/unsubscribe" : "resources/subscribe";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return !version.isStateless() && changes.isComplete();
  }

  @Override
  public void check(Call call) {
    Params.requireUri(call.params(), "uri");
  }

  @Override
  public Result answer(Call call) {
    String uri = call.params().path("uri").stringValue();
    Session session =
        call.session()
            .orElseThrow(() ->
                new RpcException(
                    ErrorCode.METHOD_NOT_FOUND,
                    "Method not found: only a session has a stream to tell of updates; send"
                        + " initialize first, and repeat the id that it gives"));
    if (isEnd) {
      notes.unsubscribe(session, uri);
    } else if (!catalog.has(uri, call.caller())) {
      throw writer.resourceNotFound(call.version(), uri);
    } else if (!notes.subscribe(session, uri)) {
      throw Params.invalid("the session is subscribed to as many resources as one may be");
    }
    return Result.Tree.of(StrictJson.NODES.objectNode());
  }
}
