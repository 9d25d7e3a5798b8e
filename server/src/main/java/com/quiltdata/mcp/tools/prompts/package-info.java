/// The prompts: what people ask of Quilt data most, as messages that name the tools to call, in
/// order and with their arguments.
///
/// One class a prompt (`ExploreBucketPrompt`); [QuiltPrompts] lists them. A [Guide] writes the task
/// and names only tools that the caller is offered; [DataBlock] holds what was read for it, bounded
/// and marked as data. Imports `prompt`, `tool`, `tools`, its completers and the domain packages.
/// To add a prompt, write its class, add it to the list, and run the tests with
/// `-Dgolden.update=true`.
@NullMarked
package com.quiltdata.mcp.tools.prompts;

import org.jspecify.annotations.NullMarked;
