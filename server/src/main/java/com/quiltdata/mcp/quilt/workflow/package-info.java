/// Workflows: what a registry demands of the packages that are pushed to it.
///
/// [Workflows] reads `.quilt/workflows/config.yml` and holds a [Submission] to the workflow of a
/// [WorkflowChoice]; its verdicts and texts are those of the official client. A config is read by
/// `ConfigReader`, a schema of metadata or entries is a `RuleSchema`, and `PythonPattern` searches
/// with patterns of others in bounded time. To add a rule, start at `Workflow`. Imports `quilt`,
/// `quilt.manifest`, `storage`, `json`, `fault`, Jackson, SnakeYAML and the JSON Schema validator.
@NullMarked
package com.quiltdata.mcp.quilt.workflow;

import org.jspecify.annotations.NullMarked;
