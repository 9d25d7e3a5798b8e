package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The public keys of an issuer, RFC 7517 section 5, as far as they are of use here. What is in the
/// set besides is left out.
public final class JwkSet {
  private static final int MAX_KEYS = 100;
  private static final StrictJson JSON = new StrictJson(new JsonLimits(8, 5_000, 100, 256));

  private final List<IssuerKey> keys;

  private JwkSet(List<IssuerKey> keys) {
    this.keys = keys;
  }

  /// Reads a set.
  ///
  /// @param json UTF-8
  /// @return at least one key
  /// @throws Fault [FaultCode#CORRUPT_DATA] saying what is wrong with it
  public static JwkSet of(byte[] json) {
    JsonNode members;
    try {
      members = JSON.read(json).path("keys");
    } catch (MalformedJsonException _) {
      throw unfit("is no acceptable JSON");
    }
    if (!members.isArray()) {
      throw unfit("has no list of keys");
    }
    if (members.size() > MAX_KEYS) {
      throw unfit("has more than %d keys".formatted(MAX_KEYS));
    }
    List<IssuerKey> keys =
        members.valueStream().map(PublicJwk::read).flatMap(Optional::stream).distinct().toList();
    if (keys.isEmpty()) {
      throw unfit(
          "has no key that can be used (with kid, for signatures, "
              + String.join(" or ", PublicJwk.kinds())
              + ")");
    }
    return new JwkSet(keys);
  }

  /// The keys of a name that are for an algorithm; two where an issuer uses one name twice.
  List<IssuerKey> find(String id, IssuerAlgorithm algorithm) {
    return keys.stream()
        .filter(key -> key.id().equals(id) && key.algorithm() == algorithm)
        .toList();
  }

  boolean holds(IssuerKey key) {
    return keys.contains(key);
  }

  /// The names of the keys, for logs.
  public List<String> ids() {
    return keys.stream().map(IssuerKey::id).toList();
  }

  private static Fault unfit(String what) {
    return new Fault(FaultCode.CORRUPT_DATA, "The key set of the issuer " + what);
  }
}
