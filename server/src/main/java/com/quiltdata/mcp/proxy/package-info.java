/// Relays between a client on standard input and output and a server over HTTP, in whichever
/// revision the client speaks.
///
/// [StdioProxy] reads the client's lines; each goes out as a [Delivery] on a thread of its own and
/// ends when it is answered, cancelled or out of patience. [Handshake] holds what `initialize`
/// agreed on, [ToolHeaders] which arguments travel as headers too, [EventStream] the stream of
/// older revisions that belongs to no request. Imports `protocol` for names, `json`, `config`,
/// `observe`, `concurrent`, and the line reader of `transport.stdio`. To change what is tried
/// again, start at [Delivery]; what a failure says, at [Refusals].
@NullMarked
package com.quiltdata.mcp.proxy;

import org.jspecify.annotations.NullMarked;
