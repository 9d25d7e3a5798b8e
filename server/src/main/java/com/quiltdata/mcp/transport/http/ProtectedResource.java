package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.auth.ScopeNames;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// This server as OAuth clients know it: RFC 9728, and MCP 2026-07-28, basic/authorization.
///
/// @param address of the MCP endpoint as clients enter it, without a slash at its end
/// @param issuer who gives tokens for it
/// @param scopes what they can be asked for
/// @param name for people
public record ProtectedResource(URI address, String issuer, ScopeNames scopes, String name) {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /// Checks the rule above.
  public ProtectedResource {
    if (address.toString().endsWith("/")) {
      throw new IllegalArgumentException("must not end with a slash");
    }
  }

  /// Where clients find the metadata, whatever stands before this server.
  String metadataAddress() {
    return address.getScheme()
        + "://"
        + address.getRawAuthority()
        + WELL_KNOWN
        + address.getRawPath();
  }

  /// The paths of the metadata: that of the host, that of the endpoint, and that of the endpoint as
  /// clients know it.
  List<String> metadataPaths() {
    return Stream.of("", "/mcp", address.getRawPath())
        .distinct()
        .map(path -> WELL_KNOWN + path)
        .toList();
  }
}
