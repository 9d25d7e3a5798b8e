/// What a tool is: a description and a function. Holds the contract and no tool.
///
/// A [Tool] gives its [ToolSpec] and answers a [ToolCall] with a [ToolResult]; [ToolCatalog] is the
/// only way to call one, so that the token's rights and the arguments are always checked first.
/// Imports `auth`, `content`, `fault`, `json` and the JSON tree. To add a kind of argument, start
/// at [Parameter]; to add a tool, go to the package of its group under `tools`.
@NullMarked
package com.quiltdata.mcp.tool;

import org.jspecify.annotations.NullMarked;
