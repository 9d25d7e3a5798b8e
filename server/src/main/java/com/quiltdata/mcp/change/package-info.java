/// News of what a server offers: lists that changed, resources that were updated.
///
/// Whoever changes something tells [Changes]; the news reaches the listeners of every replica. How
/// a client listens is the business of `protocol`. Imports `replica` and `json`. To add a kind of
/// news, start at [Change].
@NullMarked
package com.quiltdata.mcp.change;

import org.jspecify.annotations.NullMarked;
