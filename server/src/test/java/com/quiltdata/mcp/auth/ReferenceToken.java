package com.quiltdata.mcp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A second opinion about tokens, without the code under test: what it refuses nobody may accept.
/// It does not look at everything.
final class ReferenceToken {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
  private static final int LEEWAY = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReferenceToken() {}

  static boolean accepts(String token) {
    if (token.length() > 16_384 || !FORM.matcher(token).matches()) {
      return false;
    }
    int last = token.lastIndexOf('.');
    String signature =
        ForgedToken.signature(token.substring(0, last), ForgedToken.SECRET, "HmacSHA256");
    JsonNode header = part(token, 0);
    JsonNode claims = part(token, 1);
    double now = ForgedToken.NOW.getEpochSecond();
    String subject = claims.path(claims.has("sub") ? "sub" : "id").asString("");
    return signature.equals(token.substring(last + 1))
        && header.path("alg").asString("").equals("HS256")
        && header.path("kid").asString("").equals(ForgedToken.KEY_ID)
        && !header.has("crit")
        && claims.path("exp").isNumber()
        && claims.path("exp").asDouble() > now - LEEWAY
        && claims.path("nbf").asDouble(0) <= now + LEEWAY
        && claims.path("iat").asDouble(0) <= now + LEEWAY
        && claims.path("iss").asString("quilt-frontend").equals("quilt-frontend")
        && (!claims.has("aud") || claims.path("aud").toString().contains("\"quilt-mcp-server\""))
        && !subject.isBlank();
  }

  /// Every text that a bucket can be named by in a payload, compressed ones included.
  static Set<String> bucketTexts(String token) {
    JsonNode claims = part(token, 1);
    Set<String> texts = new HashSet<>();
    collect(claims.path("buckets"), "", texts);
    collect(claims.path("b"), "", texts);
    JsonNode data = claims.path("b").path("_data");
    if (data.isString()) {
      try {
        collect(JSON.readTree(Base64.getDecoder().decode(data.stringValue())), "", texts);
      } catch (IllegalArgumentException | JacksonException _) {
        // Names nothing.
      }
    }
    return texts;
  }

  private static void collect(JsonNode node, String group, Set<String> texts) {
    if (node.isString()) {
      texts.add(node.stringValue().strip());
      texts.add("quilt-" + node.stringValue().strip());
      texts.add((group + "-" + node.stringValue().strip()).strip());
    }
    if (node.isObject()) {
      node.properties().forEach(member -> collect(member.getValue(), member.getKey(), texts));
    }
    if (node.isArray()) {
      node.forEach(entry -> collect(entry, group, texts));
    }
  }

  private static JsonNode part(String token, int index) {
    byte[] bytes = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
  }
}
