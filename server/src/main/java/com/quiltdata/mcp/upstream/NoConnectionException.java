package com.quiltdata.mcp.upstream;

import com.quiltdata.mcp.fault.Fault;
import java.io.IOException;

/// All connections to a service are in use. Its cause is the [Fault] for the caller.
public final class NoConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  NoConnectionException(Fault cause) {
    super(cause.text(), cause);
  }
}
