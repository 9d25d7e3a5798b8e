package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.Map;
import java.util.Optional;

/// What a registry's config says about pushes.
///
/// @param isRequired whether a package must name a workflow
/// @param byDefault the workflow of pushes that name none
/// @param workflows by their ids
/// @param schemas their addresses by their ids
record WorkflowConfig(
    boolean isRequired,
    Optional<String> byDefault,
    Map<String, Workflow> workflows,
    Map<String, String> schemas) {

  WorkflowConfig {
    workflows = Map.copyOf(workflows);
    schemas = Map.copyOf(schemas);
  }

  /// The workflow that a push is held to, if any.
  Optional<Workflow> choose(WorkflowChoice choice) {
    Optional<String> id =
        switch (choice) {
          case WorkflowChoice.ByDefault() -> byDefault;
          case WorkflowChoice.None() -> Optional.empty();
          case WorkflowChoice.Named(String named) -> Optional.of(named);
        };
    if (id.isEmpty()) {
      if (isRequired) {
        throw new Fault(FaultCode.INVALID_ARGUMENT, "Workflow required, but none specified.");
      }
      return Optional.empty();
    }
    Workflow workflow = workflows.get(id.get());
    if (workflow == null) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "There is no %s workflow in config.".formatted(Quoted.of(id.get())));
    }
    return Optional.of(workflow);
  }

  String schemaUrl(String id) {
    String url = schemas.get(id);
    if (url == null) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "The workflows config names a schema %s and does not say where it is"
              .formatted(Quoted.of(id)));
    }
    return url;
  }
}
