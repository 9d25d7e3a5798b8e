package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.NewsStream.End;
import com.quiltdata.mcp.resource.ResourceCatalog;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `subscriptions/listen`: news for as long as the client listens (MCP 2026-07-28,
/// basic/utilities/subscriptions).
final class ListenMethod implements Method {
  private static final int MAX_RESOURCES = 100;

  private final ResourceCatalog catalog;
  private final Changes changes;
  private final NewsStream stream;
  private final RevisionWriter writer;

  /// What a client asked to hear of.
  private record Wish(boolean tools, boolean prompts, boolean resources, Set<String> uris)
      implements Predicate<Change> {
    @Override
    public boolean test(Change change) {
      return switch (change) {
        case Change.ToolList _ -> tools;
        case Change.PromptList _ -> prompts;
        case Change.ResourceList _ -> resources;
        case Change.ResourceContents(String uri) -> uris.contains(uri);
      };
    }

    ObjectNode toJson() {
      ObjectNode json = StrictJson.NODES.objectNode();
      if (tools) {
        json.put("toolsListChanged", true);
      }
      if (prompts) {
        json.put("promptsListChanged", true);
      }
      if (resources) {
        json.put("resourcesListChanged", true);
      }
      if (!uris.isEmpty()) {
        uris.forEach(json.putArray("resourceSubscriptions")::add);
      }
      return json;
    }
  }

  ListenMethod(ResourceCatalog catalog, Changes changes, NewsStream stream, RevisionWriter writer) {
    this.catalog = catalog;
    this.changes = changes;
    this.stream = stream;
    this.writer = writer;
  }

  @Override
  public String name() {
    return "subscriptions/listen";
  }

  /// Where news of other replicas do not arrive, none are promised.
  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return version.isStateless() && changes.isComplete();
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public void check(Call call) {
    if (!(call.params().path("notifications") instanceof ObjectNode asked)) {
      throw Params.invalid("params.notifications must be an object");
    }
    for (String name :
        new String[] {"toolsListChanged", "promptsListChanged", "resourcesListChanged"}) {
      if (asked.has(name) && !asked.path(name).isBoolean()) {
        throw Params.invalid("params.notifications.%s must be true or false".formatted(name));
      }
    }
    JsonNode uris = asked.path("resourceSubscriptions");
    boolean isList =
        uris.isMissingNode()
            || (uris instanceof ArrayNode list
                && list.size() <= MAX_RESOURCES
                && list.valueStream().allMatch(ListenMethod::isUri));
    if (!isList) {
      throw Params.invalid(
          "params.notifications.resourceSubscriptions must be a list of at most %d URIs of at most %d characters"
              .formatted(MAX_RESOURCES, Params.MAX_URI_CHARS));
    }
  }

  private static boolean isUri(JsonNode node) {
    return node.isString() && node.stringValue().length() <= Params.MAX_URI_CHARS;
  }

  @Override
  public Result answer(Call call) {
    Wish wish = granted(call);
    JsonNode id = call.id().toJson();
    End end =
        stream.run(
            call, wish, Optional.of(id), _ -> call.outbox().send(acknowledged(wish, id)), _ -> {});
    return switch (end) {
      case REGULAR -> {
        call.outbox().send(ended(id));
        ObjectNode result = StrictJson.NODES.objectNode();
        result.putObject("_meta").set(MetaKeys.SUBSCRIPTION_ID, id);
        yield Result.Tree.of(result);
      }
      case BROKEN -> new Result.Silence();
    };
  }

  /// Of what was asked for, what this caller may hear of: when something changes can be a secret,
  /// too.
  private Wish granted(Call call) {
    JsonNode asked = call.params().path("notifications");
    Set<String> uris =
        asked
            .path("resourceSubscriptions")
            .valueStream()
            .map(JsonNode::stringValue)
            .filter(uri -> catalog.has(uri, call.caller()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new Wish(
        asked.path("toolsListChanged").asBoolean(false),
        asked.path("promptsListChanged").asBoolean(false),
        asked.path("resourcesListChanged").asBoolean(false),
        uris);
  }

  /// The one use of a cancellation by the server (basic/utilities/cancellation); the result
  /// follows.
  private byte[] ended(JsonNode id) {
    ObjectNode params = StrictJson.NODES.objectNode();
    params.set("requestId", id);
    params.put("reason", "The server ends the stream; listen again");
    params.putObject("_meta").set(MetaKeys.SUBSCRIPTION_ID, id);
    return writer.notification("notifications/cancelled", params);
  }

  private byte[] acknowledged(Wish wish, JsonNode id) {
    ObjectNode params = StrictJson.NODES.objectNode();
    params.set("notifications", wish.toJson());
    params.putObject("_meta").set(MetaKeys.SUBSCRIPTION_ID, id);
    return writer.notification("notifications/subscriptions/acknowledged", params);
  }
}
