package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.workflow.WorkflowChoice;

/// How a push is done.
///
/// @param copy whether objects of the same bucket are copied to the place of the package, rather
///   than referenced where they are; those of other buckets always are
/// @param expected what may be there before
/// @param workflow which workflow of the registry checks the package
/// @param dryRun whether only to tell what would be done; nothing is written
/// @param dedupe whether to write nothing when the revision equals the latest one
public record PushOptions(
    boolean copy, Expected expected, WorkflowChoice workflow, boolean dryRun, boolean dedupe) {
  /// References, a package that is new, written even if it equals the latest revision.
  public static final PushOptions DEFAULT =
      new PushOptions(false, Expected.NOTHING, WorkflowChoice.DEFAULT, false, false);

  /// The same, with copies or with references.
  public PushOptions copying(boolean yes) {
    return new PushOptions(yes, expected, workflow, dryRun, dedupe);
  }

  /// The same, on top of something else.
  public PushOptions expecting(Expected other) {
    return new PushOptions(copy, other, workflow, dryRun, dedupe);
  }

  /// The same, checked by another workflow.
  public PushOptions checkedBy(WorkflowChoice choice) {
    return new PushOptions(copy, expected, choice, dryRun, dedupe);
  }

  /// The same, for a look or in earnest.
  public PushOptions dryRun(boolean yes) {
    return new PushOptions(copy, expected, workflow, yes, dedupe);
  }

  /// The same, with or without a second revision that equals the latest.
  public PushOptions dedupe(boolean yes) {
    return new PushOptions(copy, expected, workflow, dryRun, yes);
  }
}
