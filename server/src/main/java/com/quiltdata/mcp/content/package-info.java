/// What tools and prompts give to a model, apart from structured results: texts, images, sounds,
/// resources and links to them.
///
/// [ContentBlock] is all of it. Which blocks a revision of the protocol knows is the business of
/// `protocol`. Imports `json`.
@NullMarked
package com.quiltdata.mcp.content;

import org.jspecify.annotations.NullMarked;
