package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.state.Signer;
import com.quiltdata.mcp.state.StateKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Cuts lists into pages. A cursor names the last item that was given, and is signed for the list
/// and the caller: every replica understands it, nobody else can make one.
final class Pages {
  private static final String CURSOR = "cursor";

  private final Signer signer;
  private final int size;

  Pages(StateKeys keys, int size) {
    this.signer = new Signer(keys, "cursor", "c1");
    this.size = size;
  }

  /// Refuses a cursor that is none of this list.
  ///
  /// @throws RpcException `-32602`
  void check(Call call, String method) {
    after(call, method);
  }

  private Optional<String> after(Call call, String method) {
    JsonNode cursor = call.params().path(CURSOR);
    if (cursor.isMissingNode() || cursor.isNull()) {
      return Optional.empty();
    }
    return Optional.of(
        signer
            .read(cursor.asString(""), context(call, method))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElseThrow(Pages::invalid));
  }

  private static RpcException invalid() {
    return Params.invalid(
        "params.cursor is not one that this server gave for this list; begin again without it");
  }

  /// An item that is gone leaves no place to go on from.
  private static int indexAfter(List<String> keys, String last) {
    int index = keys.indexOf(last);
    if (index < 0) {
      throw invalid();
    }
    return index + 1;
  }

  private static String context(Call call, String method) {
    return method + " " + call.caller().principal();
  }

  /// Fills a result with the page that a call asks for.
  ///
  /// @param member of the result that holds the items
  /// @param all items, in the same order for every call
  /// @param key names an item, and no other
  /// @param toJson writes an item
  /// @return the result
  <T> ObjectNode page(
      Call call,
      String method,
      String member,
      List<T> all,
      Function<T, String> key,
      Function<T, ObjectNode> toJson) {
    int start =
        after(call, method).map(last -> indexAfter(all.stream().map(key).toList(), last)).orElse(0);
    int end = Math.min(all.size(), start + size);
    ObjectNode result = StrictJson.NODES.objectNode();
    ArrayNode list = result.putArray(member);
    all.subList(start, end).forEach(item -> list.add(toJson.apply(item)));
    if (end < all.size()) {
      result.put(
          "nextCursor",
          signer.sign(
              key.apply(all.get(end - 1)).getBytes(StandardCharsets.UTF_8), context(call, method)));
    }
    return result;
  }
}
