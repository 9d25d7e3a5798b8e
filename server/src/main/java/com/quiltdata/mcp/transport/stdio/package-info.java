/// The protocol over standard input and output of this process.
///
/// [StdioTransport] reads one message a line. Imports `transport`, `protocol`, `auth` and
/// `observe`.
@NullMarked
package com.quiltdata.mcp.transport.stdio;

import org.jspecify.annotations.NullMarked;
