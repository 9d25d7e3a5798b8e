package com.quiltdata.mcp.fault;

import java.io.Serializable;

/// What exactly is wrong, for code that has to know more than the [FaultCode] says. Enums of those
/// who make faults.
public interface FaultReason extends Serializable {}
