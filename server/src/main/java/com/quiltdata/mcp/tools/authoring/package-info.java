/// The group `authoring`: making packages, and what changes them.
///
/// A tool turns its arguments into a `PushPlan`, which `Pushes` carries out with `quilt.push`; the
/// user is asked before something goes. To add a tool, see `tools`. Imports `tools`, `tool`,
/// `input`, `auth`, `fault`, `json`, `storage`, `concurrent` and `quilt` with its sub-packages.
@NullMarked
package com.quiltdata.mcp.tools.authoring;

import org.jspecify.annotations.NullMarked;
