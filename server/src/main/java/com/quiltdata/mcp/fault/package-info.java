/// What can go wrong in a call, in the words a caller sees.
///
/// [Fault] is the one exception that the domain packages throw on purpose; its [FaultCode] is part
/// of the public contract of every tool. Imports nothing. To add a code, add it to [FaultCode] and
/// to the table in `docs/operations.md`.
@NullMarked
package com.quiltdata.mcp.fault;

import org.jspecify.annotations.NullMarked;
