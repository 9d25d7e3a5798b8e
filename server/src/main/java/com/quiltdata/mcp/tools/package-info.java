/// The tools, one sub-package a group; here is what groups share.
///
/// A group has one class a tool (`PackageBrowseTool`) and a `*Tools` class that lists them. Groups
/// import `tool`, `resource`, `auth` and the domain packages, never each other, `protocol` or
/// `transport`. To add a tool, write its class, add it to its group's list and to the permission
/// map of `auth`, and run the tests with `-Dgolden.update=true`.
@NullMarked
package com.quiltdata.mcp.tools;

import org.jspecify.annotations.NullMarked;
