package com.quiltdata.mcp.credentials;

import java.util.Locale;

/// Where the AWS credentials of a call come from. For somebody with a token the first that applies
/// counts, in this order.
public enum CredentialSource {
  /// Those of this process, for the person who started it.
  LOCAL,
  /// The token brings them.
  TOKEN,
  /// The token names a role that may be assumed.
  ROLE,
  /// The catalog's registry gave them for the token.
  REGISTRY,
  /// The data role of this server is assumed.
  DATA_ROLE,
  /// Those of the task that this process runs in, by the operator's will.
  TASK_ROLE;

  /// As logs name it, for example `data_role`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
