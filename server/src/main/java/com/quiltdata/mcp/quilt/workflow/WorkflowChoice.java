package com.quiltdata.mcp.quilt.workflow;

/// Which workflow a push wants to be checked by.
public sealed interface WorkflowChoice {
  /// See [ByDefault].
  WorkflowChoice DEFAULT = new ByDefault();

  /// The registry's default workflow, or none where there is no default.
  record ByDefault() implements WorkflowChoice {}

  /// None, said on purpose.
  record None() implements WorkflowChoice {}

  /// A workflow of the registry.
  ///
  /// @param id as the config spells it
  record Named(String id) implements WorkflowChoice {}
}
