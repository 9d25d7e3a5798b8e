/// What a prompt is: a description and messages that a person sends to a model. Holds the contract
/// and no prompt.
///
/// A [Prompt] gives its [PromptSpec] and answers a [PromptCall] with a [PromptResult];
/// [PromptCatalog] is the only way to get one, so that the caller's rights and the arguments are
/// always checked first. Imports `auth`, `completion`, `content`, `fault` and `json`. The prompts
/// are in `tools.prompts`.
///
/// @see <a
///   href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Specification</a>
@NullMarked
package com.quiltdata.mcp.prompt;

import org.jspecify.annotations.NullMarked;
