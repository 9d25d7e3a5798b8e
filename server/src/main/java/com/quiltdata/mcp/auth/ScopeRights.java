package com.quiltdata.mcp.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What each level of an issuer's token may do: the catalog's sets of actions for its own roles,
/// and to read, queries.
final class ScopeRights {
  private static final Set<String> READING =
      Set.of(
          "s3:GetObject",
          "s3:GetObjectVersion",
          "s3:GetBucketLocation",
          "s3:ListBucket",
          "s3:ListAllMyBuckets",
          "athena:StartQueryExecution",
          "athena:GetQueryResults",
          "athena:ListWorkGroups",
          "athena:ListQueryExecutions",
          "glue:GetDatabases",
          "glue:GetTables",
          "glue:GetTable");
  private static final Set<String> WRITING =
      with(
          READING, "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject", "s3:AbortMultipartUpload");

  private ScopeRights() {}

  /// The AWS actions of a level.
  static Set<String> actions(Level level) {
    return switch (level) {
      case NONE -> Set.of();
      case READ -> READING;
      case WRITE, ADMIN -> WRITING;
    };
  }

  /// The lowest level that has all that is needed.
  ///
  /// @return empty when none has
  static Optional<Level> least(ToolNeeds needs) {
    return List.of(Level.READ, Level.WRITE, Level.ADMIN).stream()
        .filter(level -> level.compareTo(needs.level()) >= 0)
        .filter(level -> needs.missing(new ActionScope(actions(level)), true).isEmpty())
        .findFirst();
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}
