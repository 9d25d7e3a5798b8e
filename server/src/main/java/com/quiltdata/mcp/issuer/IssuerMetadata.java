package com.quiltdata.mcp.issuer;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.upstream.ShortAnswers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What an issuer says of itself: RFC 8414 section 3, and OpenID Connect Discovery 1.0 section 4.
final class IssuerMetadata {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final StrictJson JSON = new StrictJson(new JsonLimits(16, 5_000, 100, 256));

  private IssuerMetadata() {}

  /// Where it may say so, in the order of MCP 2026-07-28, basic/authorization.
  static List<URI> places(URI issuer) {
    String host = issuer.getScheme() + "://" + issuer.getRawAuthority();
    String rawPath = issuer.getRawPath();
    String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    return Stream.of(host + OAUTH + path, host + OPENID + path, host + path + OPENID)
        .distinct()
        .map(URI::create)
        .toList();
  }

  /// The address of the key set.
  ///
  /// @param json the metadata
  /// @param issuer whose they must be
  /// @throws Fault [FaultCode#CORRUPT_DATA] when they are another's, or name no acceptable address
  static URI keys(byte[] json, URI issuer) {
    JsonNode metadata;
    try {
      metadata = JSON.read(json);
    } catch (MalformedJsonException _) {
      throw unfit("are no acceptable JSON");
    }
    if (!metadata.path("issuer").asString("").equals(issuer.toString())) {
      throw unfit("name another issuer");
    }
    try {
      URI keys = new URI(metadata.path("jwks_uri").asString(""));
      if (ShortAnswers.mayName(keys, issuer)) {
        return keys;
      }
    } catch (URISyntaxException _) {
      // refused below like any other text that is no address
    }
    throw unfit("name no key set (jwks_uri) over https");
  }

  private static Fault unfit(String what) {
    return new Fault(FaultCode.CORRUPT_DATA, "The metadata of the issuer " + what);
  }
}
