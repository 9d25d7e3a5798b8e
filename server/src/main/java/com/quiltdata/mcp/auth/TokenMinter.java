package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes tokens for development and tests, in the form that the catalog sends today: each claim
/// twice, in short and in full. Thread-safe.
public final class TokenMinter {
  /// The catalog compresses longer lists.
  private static final int MAX_PLAIN_BUCKETS = 15;

  private final TokenConfig config;
  private final HmacKey key;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

  /// A minter whose tokens pass a verifier of the same configuration.
  ///
  /// @param config its first key signs
  /// @param clock gives `iat` and `exp`
  /// @param random gives `jti`
  public TokenMinter(TokenConfig config, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.key = HmacKey.of(config.keys().getFirst().secret());
    this.clock = clock;
    this.random = random;
  }

  /// Makes a token.
  ///
  /// @param request what it says
  /// @return the token, without `Bearer`
  /// @throws Fault [FaultCode#TOO_LARGE] when a verifier would refuse it for its size
  public String mint(TokenRequest request) {
    String signed = part(header()) + "." + part(claims(request));
    String token =
        signed + "." + Base64Url.encode(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    if (token.length() > config.rules().maxTokenBytes()) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "The token would have %d bytes, over the limit of %d: name fewer buckets"
              .formatted(token.length(), config.rules().maxTokenBytes()));
    }
    return token;
  }

  private ObjectNode header() {
    ObjectNode header = StrictJson.NODES.objectNode().put("alg", "HS256").put("typ", "JWT");
    config.keys().getFirst().keyId().ifPresent(keyId -> header.put("kid", keyId));
    return header;
  }

  private ObjectNode claims(TokenRequest request) {
    Instant now = clock.instant();
    String level = request.level().name().toLowerCase(Locale.ROOT);
    List<String> abbreviated =
        request.permissions().stream().map(PermissionNames::abbreviated).toList();
    ObjectNode claims = StrictJson.NODES.objectNode();
    claims.put("iss", config.rules().issuer()).put("aud", config.rules().audience());
    claims.put("sub", request.subject()).put("id", request.subject());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(request.life()).getEpochSecond());
    claims.put("jti", Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX));
    claims.put("scope", "w").put("level", level);
    claims.set("roles", list(request.roles()));
    claims.set("permissions", list(request.permissions()));
    claims.set("buckets", list(request.buckets()));
    claims.put("s", "w").put("l", level);
    claims.set("r", list(request.roles()));
    claims.set("p", list(abbreviated));
    claims.set("b", shortBuckets(request.buckets()));
    return claims;
  }

  private JsonNode shortBuckets(List<String> buckets) {
    if (buckets.size() <= MAX_PLAIN_BUCKETS) {
      return list(buckets);
    }
    return StrictJson.NODES
        .objectNode()
        .put("_type", "compressed")
        .put("_data", Base64.getEncoder().encodeToString(json.write(list(buckets))));
  }

  private String part(JsonNode node) {
    return Base64Url.encode(json.write(node));
  }

  private static ArrayNode list(List<String> texts) {
    ArrayNode list = StrictJson.NODES.arrayNode();
    texts.forEach(list::add);
    return list;
  }
}
