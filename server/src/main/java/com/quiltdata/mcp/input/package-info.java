/// What a handler may ask of the client before it can go on: a form, a page to open, a model's
/// answer, the client's folders.
///
/// A handler is written once, in the style of multi-round-trip requests: it looks at its [Input]
/// and, where an answer is missing, returns an [InputRequired]; it is then called again from its
/// beginning with the answers. It holds no thread while a person thinks, and what it wants to
/// remember between rounds it says in [InputRequired#state]. How a question travels is the business
/// of `protocol`. Imports `json`.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">Specification</a>
@NullMarked
package com.quiltdata.mcp.input;

import org.jspecify.annotations.NullMarked;
