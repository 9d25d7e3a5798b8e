package com.quiltdata.mcp.auth;

import static java.util.stream.Collectors.toCollection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a token must say for a tool to run. Buckets are another matter: each bucket that a call
/// names must be covered, whatever the tool.
///
/// @param actions AWS actions in the order in which messages list them
/// @param rule how many of them
/// @param level the least level, [Level#NONE] for any
public record ToolNeeds(List<String> actions, Rule rule, Level level) {
  /// How many of the actions are needed.
  public enum Rule {
    /// All.
    ALL,
    /// One of them is enough.
    ANY,
    /// All, in a call that names a bucket; none in one that does not.
    ALL_WITH_BUCKET
  }

  /// Copies the list.
  public ToolNeeds {
    actions = List.copyOf(actions);
  }

  /// A tool for every authenticated user.
  public static ToolNeeds nothing() {
    return new ToolNeeds(List.of(), Rule.ALL, Level.NONE);
  }

  /// A tool that needs all these actions.
  ///
  /// @param actions for example `s3:GetObject`
  /// @return the needs
  public static ToolNeeds actions(String... actions) {
    return new ToolNeeds(List.of(actions), Rule.ALL, Level.NONE);
  }

  /// A tool that needs one of these actions.
  ///
  /// @param actions for example `glue:GetTables`
  /// @return the needs
  public static ToolNeeds anyOf(String... actions) {
    return new ToolNeeds(List.of(actions), Rule.ANY, Level.NONE);
  }

  /// A tool that needs all these actions when a call names a bucket, and nothing otherwise.
  ///
  /// @param actions for example `s3:GetObject`
  /// @return the needs
  public static ToolNeeds actionsWithBucket(String... actions) {
    return new ToolNeeds(List.of(actions), Rule.ALL_WITH_BUCKET, Level.NONE);
  }

  /// A tool that needs a level, and no actions.
  ///
  /// @param level the least level
  /// @return the needs
  public static ToolNeeds level(Level level) {
    return new ToolNeeds(List.of(), Rule.ALL, level);
  }

  /// The actions that a call lacks, in order.
  List<String> missing(ActionScope scope, boolean namesBucket) {
    List<String> missing = actions.stream().filter(action -> !scope.covers(action)).toList();
    return switch (rule) {
      case ALL -> missing;
      case ANY -> missing.size() < actions.size() ? List.of() : missing;
      case ALL_WITH_BUCKET -> namesBucket ? missing : List.of();
    };
  }

  /// The actions of a call that lacks none.
  Set<String> used(ActionScope scope, boolean namesBucket) {
    return switch (rule) {
      case ALL -> new LinkedHashSet<>(actions);
      case ANY -> actions.stream().filter(scope::covers).collect(toCollection(LinkedHashSet::new));
      case ALL_WITH_BUCKET -> namesBucket ? new LinkedHashSet<>(actions) : Set.of();
    };
  }

  /// The missing actions in words.
  String missingText(List<String> missing) {
    return "Missing required permission(s): "
        + String.join(rule == Rule.ANY ? " or " : ", ", missing);
  }
}
