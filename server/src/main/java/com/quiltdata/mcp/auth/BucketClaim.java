package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The bucket claims, in all forms that catalogs have sent: `buckets` as an array of names or of
/// objects with a `name`, `b` as an array or compressed in one of three ways.
///
/// What cannot be read grants nothing; what expands to too much refuses the token.
final class BucketClaim {
  private static final String WILDCARD = "*";
  private static final int MAX_DEPTH = 8;
  // Deep enough for any text that fits into a token: too much depth must not look like bad JSON.
  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(64 * 1_024, 64 * 1_024, 100, 256));

  private final ClaimBudget budget;
  private final Consumer<TokenWarnings.Kind> warnings;
  private final Set<String> names = new LinkedHashSet<>();

  private BucketClaim(ClaimBudget budget, Consumer<TokenWarnings.Kind> warnings) {
    this.budget = budget;
    this.warnings = warnings;
  }

  /// Reads the claims of a verified payload. `buckets` wins over `b` even when it is empty.
  ///
  /// @throws RefusedToken when they expand to too much
  static BucketScope read(
      JsonNode payload, ClaimBudget budget, Consumer<TokenWarnings.Kind> warnings) {
    BucketClaim claim = new BucketClaim(budget, warnings);
    if (payload.path("buckets").isArray()) {
      claim.addAll("", payload.path("buckets"));
    } else if (payload.path("b").isArray()) {
      claim.addAll("", payload.path("b"));
    } else if (payload.path("b").isObject()) {
      claim.expand(payload.path("b"));
    }
    return claim.scope();
  }

  /// Reads a list of names, or of objects with a `name`; anything else grants nothing.
  ///
  /// @throws RefusedToken when it is too much
  static BucketScope list(JsonNode list, ClaimBudget budget) {
    BucketClaim claim = new BucketClaim(budget, _ -> {});
    claim.addAll("", list);
    return claim.scope();
  }

  private BucketScope scope() {
    boolean isEverything = names.remove(WILDCARD);
    return new BucketScope(names, isEverything);
  }

  private void expand(JsonNode compressed) {
    JsonNode data = compressed.path("_data");
    String type = compressed.path("_type").asString("");
    if (type.equals("groups") && data.isObject()) {
      addGroups(data);
    } else if (type.equals("patterns") && data.isObject()) {
      data.properties()
          .forEach(list -> addAll(list.getKey().equals("quilt") ? "quilt-" : "", list.getValue()));
    } else if (type.equals("compressed") && data.isString()) {
      decode(data.stringValue())
          .ifPresentOrElse(
              list -> addAll("", list),
              () -> warnings.accept(TokenWarnings.Kind.UNREADABLE_BUCKETS));
    } else {
      warnings.accept(TokenWarnings.Kind.UNREADABLE_BUCKETS);
    }
  }

  private void addGroups(JsonNode groups) {
    for (var group : groups.properties()) {
      for (JsonNode suffix : entries(group.getValue())) {
        if (!suffix.isString()) {
          continue;
        }
        // The catalog writes `foo` and `foo-foo` alike: which one it meant cannot be known.
        if (suffix.stringValue().strip().equals(group.getKey().strip())) {
          warnings.accept(TokenWarnings.Kind.AMBIGUOUS_BUCKET);
        } else {
          add(group.getKey() + "-" + suffix.stringValue().strip());
        }
      }
    }
  }

  private void addAll(String prefix, JsonNode list) {
    for (JsonNode entry : entries(list)) {
      JsonNode name = entry.isObject() ? entry.path("name") : entry;
      if (name.isString() && isName(name.stringValue())) {
        add(prefix + name.stringValue().strip());
      }
    }
  }

  /// The entries of an array. Other containers would be iterable as well.
  private static Iterable<JsonNode> entries(JsonNode list) {
    return list.isArray() ? list : List.of();
  }

  /// Names are trimmed, but only an entry that is exactly the wildcard is one.
  private static boolean isName(String text) {
    return !text.isBlank() && (!text.strip().equals(WILDCARD) || text.equals(WILDCARD));
  }

  private void add(String name) {
    budget.add(name, names);
  }

  private static Optional<JsonNode> decode(String data) {
    try {
      JsonNode list = JSON.read(Base64.getDecoder().decode(data));
      requireShallow(list);
      return Optional.of(list).filter(JsonNode::isArray);
    } catch (IllegalArgumentException | MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static void requireShallow(JsonNode root) {
    Deque<JsonNode> level = new ArrayDeque<>();
    level.add(root);
    for (int depth = 1; !level.isEmpty(); depth++) {
      if (depth > MAX_DEPTH) {
        throw RefusedToken.because("the claims expand too deeply");
      }
      Deque<JsonNode> next = new ArrayDeque<>();
      for (JsonNode container : level) {
        container.forEach(next::add);
      }
      next.removeIf(node -> !node.isContainer());
      level = next;
    }
  }
}
