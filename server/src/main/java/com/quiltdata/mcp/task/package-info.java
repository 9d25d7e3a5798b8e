/// Long jobs that a client follows: the tasks extension of MCP (`io.modelcontextprotocol/tasks`),
/// without its messages.
///
/// [Tasks] begins, tells, answers and cancels. A task lives in the memory of the replica that runs
/// it (`JobsHere`); its id names that replica, so that any other one can ask there. A job whose
/// state another service keeps has an id that holds all that is needed to ask that service
/// (`JobsElsewhere`). Imports `auth`, `fault`, `input`, `json`, `observe`, `replica`, `state` and
/// `tool`. To change what a task may do, start at `Task`; what is kept, and how much, at
/// `TaskStore`.
@NullMarked
package com.quiltdata.mcp.task;

import org.jspecify.annotations.NullMarked;
