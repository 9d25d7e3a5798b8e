package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Decides which caller may make which call. Thread-safe.
///
/// What is not allowed by a row of the permission map is denied. The claims of a token are an upper
/// limit: AWS decides again with the caller's own rights.
public final class ToolPolicy {
  private static final int MAX_NAME_CHARS = 80;

  private final Map<String, ToolNeeds> rows;

  /// The policy with the rows of this program's tools.
  public ToolPolicy() {
    this(ToolTable.rows());
  }

  /// A policy with other rows.
  ///
  /// @param rows what each tool needs
  public ToolPolicy(Map<String, ToolNeeds> rows) {
    this.rows = Map.copyOf(rows);
  }

  /// What a tool needs.
  ///
  /// @param tool its name, or an older one
  /// @return empty when the tool has no row: then no token allows it
  public Optional<ToolNeeds> needs(String tool) {
    return Optional.ofNullable(rows.get(tool));
  }

  /// Decides a tool call. Nothing may be done for the call before, and nothing after a denial.
  ///
  /// @param caller who calls
  /// @param tool the tool's name
  /// @param arguments its arguments, exactly as the tool will get them
  /// @return the decision
  public Decision decide(Caller caller, String tool, JsonNode arguments) {
    NamedBuckets named = StorageArguments.in(arguments);
    return switch (caller) {
      // The tool itself refuses a malformed name.
      case Caller.Local _ ->
          allowed(caller, needs(tool).orElseGet(ToolNeeds::nothing), bucketsOf(named));
      case Caller.Anonymous _ -> notAuthenticated();
      case Caller.Bearer bearer ->
          needs(tool)
              .map(needs -> decide(bearer, needs, named))
              .orElseGet(
                  () -> new Decision.Denied(FaultCode.NOT_FOUND, "Unknown tool: " + cut(tool)));
    };
  }

  /// Decides something that is no tool call, for example the reading of a resource.
  ///
  /// @param caller who asks
  /// @param needs what it needs
  /// @param buckets the buckets it touches
  /// @return the decision
  public Decision decide(Caller caller, ToolNeeds needs, Set<BucketName> buckets) {
    return switch (caller) {
      case Caller.Local _ -> allowed(caller, needs, buckets);
      case Caller.Anonymous _ -> notAuthenticated();
      case Caller.Bearer bearer -> decide(bearer, needs, new NamedBuckets.Named(buckets));
    };
  }

  /// Decides something that is no tool call but has arguments, for example the making of a prompt.
  ///
  /// @param caller who asks
  /// @param needs what it needs
  /// @param arguments its arguments, exactly as they will be used
  /// @return the decision
  public Decision decide(Caller caller, ToolNeeds needs, JsonNode arguments) {
    NamedBuckets named = StorageArguments.in(arguments);
    return switch (caller) {
      // Who uses a malformed name refuses it.
      case Caller.Local _ -> allowed(caller, needs, bucketsOf(named));
      case Caller.Anonymous _ -> notAuthenticated();
      case Caller.Bearer bearer -> decide(bearer, needs, named);
    };
  }

  /// The level that a tool call lacks and that another token of the same issuer can have: then the
  /// client is told to ask its user for more (`insufficient_scope`, RFC 6750 section 3.1).
  ///
  /// @param caller who calls
  /// @param tool the tool's name
  /// @param arguments its arguments
  /// @return empty when the call is let through, or when more scope would not help
  public Optional<Level> lackedLevel(Caller caller, String tool, JsonNode arguments) {
    return caller instanceof Caller.Bearer bearer
            && bearer.issuer().isPresent()
            && decide(caller, tool, arguments)
                instanceof Decision.Denied(FaultCode code, String _, List<String> _)
            && (code == FaultCode.FORBIDDEN_LEVEL || code == FaultCode.FORBIDDEN_ACTION)
        ? needs(tool).flatMap(ScopeRights::least)
        : Optional.empty();
  }

  /// Whether a tool belongs into a caller's list of tools: those that need a higher level do not.
  ///
  /// @param caller who lists
  /// @param tool the tool's name
  /// @return true when it does
  public boolean isListed(Caller caller, String tool) {
    return switch (caller) {
      case Caller.Local _ -> true;
      case Caller.Anonymous _ -> false;
      case Caller.Bearer bearer -> needs(tool).filter(needs -> hasLevel(bearer, needs)).isPresent();
    };
  }

  private static Decision decide(Caller.Bearer bearer, ToolNeeds needs, NamedBuckets named) {
    if (!hasLevel(bearer, needs)) {
      return new Decision.Denied(
          FaultCode.FORBIDDEN_LEVEL,
          "Missing required level: " + needs.level().name().toLowerCase(Locale.ROOT));
    }
    boolean namesBucket =
        switch (named) {
          case NamedBuckets.Named(Set<BucketName> buckets) -> !buckets.isEmpty();
          case NamedBuckets.Malformed _ -> true;
        };
    List<String> missing = needs.missing(new ActionScope(bearer.permissions()), namesBucket);
    if (!missing.isEmpty()) {
      return new Decision.Denied(FaultCode.FORBIDDEN_ACTION, needs.missingText(missing), missing);
    }
    return switch (named) {
      case NamedBuckets.Malformed(FaultCode code, String text) -> new Decision.Denied(code, text);
      case NamedBuckets.Named(Set<BucketName> buckets) ->
          buckets.stream()
              .filter(bucket -> !bearer.covers(bucket))
              .findFirst()
              .<Decision>map(bucket ->
                  new Decision.Denied(
                      FaultCode.FORBIDDEN_BUCKET, Decision.noAccessTo(bucket.value())))
              .orElseGet(() -> allowed(bearer, needs, buckets));
    };
  }

  private static Decision allowed(Caller caller, ToolNeeds needs, Set<BucketName> buckets) {
    ActionScope scope =
        new ActionScope(
            caller instanceof Caller.Bearer bearer ? bearer.permissions() : Set.of("*"));
    return new Decision.Allowed(new Grant(caller, buckets, needs.used(scope, !buckets.isEmpty())));
  }

  private static boolean hasLevel(Caller.Bearer bearer, ToolNeeds needs) {
    return bearer.level().compareTo(needs.level()) >= 0;
  }

  private static Set<BucketName> bucketsOf(NamedBuckets named) {
    return switch (named) {
      case NamedBuckets.Named(Set<BucketName> buckets) -> buckets;
      case NamedBuckets.Malformed _ -> Set.of();
    };
  }

  private static Decision notAuthenticated() {
    return new Decision.Denied(FaultCode.NOT_AUTHENTICATED, "JWT authentication required");
  }

  private static String cut(String tool) {
    return tool.length() <= MAX_NAME_CHARS ? tool : tool.substring(0, MAX_NAME_CHARS) + "…";
  }
}
