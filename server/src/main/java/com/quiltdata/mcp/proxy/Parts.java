package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.concurrent.Heartbeat;
import java.util.concurrent.Semaphore;

/// What every delivery works with.
record Parts(
    ProxyConfig config,
    Remote remote,
    Handshake handshake,
    RequestHeaders headers,
    ToolHeaders tools,
    ToolLookup lookup,
    Reopening reopening,
    EventStream events,
    AnswerReader reader,
    Inbox inbox,
    ClientOutput output,
    Refusals refusals,
    Results results,
    Heartbeat heartbeat,
    Semaphore exchanges) {}
