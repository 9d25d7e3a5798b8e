/// What the transports share: one running request with its notifications and its end.
///
/// Imports `protocol` and `observe`. The transports themselves are the sub-packages `http` and
/// `stdio`.
@NullMarked
package com.quiltdata.mcp.transport;

import org.jspecify.annotations.NullMarked;
