package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One object that a call wants written.
///
/// @param location where
/// @param bytes what
/// @param options content type and metadata
record ObjectToPut(ObjectLocation location, byte[] bytes, PutOptions options) {
  private static final int MAX_CHARS = 12 << 20;
  private static final int MAX_METADATA_BYTES = 2_048;
  private static final Pattern METADATA_NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /// What only the package tools write: a mistake here would break packages.
  private static final List<String> RESERVED =
      List.of(".quilt/packages/", ".quilt/named_packages/", ".quilt/objects/");

  static final ArgumentRule.OneInEach SOURCE =
      new ArgumentRule.OneInEach(
          "items",
          List.of("text", "data"),
          "Give either text or data, an empty text for an empty object");

  static List<Parameter> members() {
    return List.of(
        Parameter.text("key", "Key of the object").upTo(1_024).required(),
        Parameter.text("text", "Its content as text; give this or data").upTo(MAX_CHARS),
        Parameter.text("data", "Its content in base64; give this or text").upTo(MAX_CHARS),
        Parameter.text("content_type", "Media type").upTo(255).or("application/octet-stream"),
        Parameter.text("encoding", "How text becomes bytes").upTo(64).or("utf-8"),
        Parameter.structure(
            "metadata", MAX_METADATA_BYTES, "User metadata of the object: names and texts"));
  }

  static ObjectToPut of(BucketName bucket, Arguments item) {
    String key = item.text("key");
    for (String prefix : RESERVED) {
      if (key.startsWith(prefix)) {
        throw invalid(
            "Objects below %s are packages; write them with package_create or package_update"
                .formatted(prefix));
      }
    }
    return new ObjectToPut(
        ObjectLocation.of(bucket, key),
        bytes(item),
        new PutOptions(Optional.of(contentType(item)), metadata(item.structure("metadata"))));
  }

  private static byte[] bytes(Arguments item) {
    SOURCE.check(item);
    return item.given("data")
        .map(ObjectToPut::decoded)
        .orElseGet(() -> encoded(item.text("text"), item.text("encoding")));
  }

  private static byte[] decoded(String data) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "Argument 'data' is not base64", e);
    }
  }

  private static byte[] encoded(String text, String encoding) {
    Charset charset;
    try {
      charset = Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "There is no encoding %s; try utf-8".formatted(Quoted.of(encoding)),
          e);
    }
    if (!charset.canEncode()) {
      throw invalid("Nothing can be written in the encoding " + Quoted.of(encoding));
    }
    try {
      ByteBuffer buffer = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "The text has a character that %s does not have; leave encoding out"
              .formatted(Quoted.of(encoding)),
          e);
    }
  }

  private static String contentType(Arguments item) {
    String type = item.text("content_type");
    if (type.isEmpty() || type.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw invalid("Argument 'content_type' must be a media type such as text/plain");
    }
    return type;
  }

  private static Map<String, String> metadata(Optional<ObjectNode> members) {
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> member :
        members.map(ObjectNode::properties).orElse(Set.of())) {
      if (!METADATA_NAME.matcher(member.getKey()).matches()) {
        throw invalid("A name in metadata is made of letters, digits, _ and -");
      }
      JsonNode value = member.getValue();
      if (!value.isString() || value.stringValue().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        throw invalid("Values in metadata are texts without control characters");
      }
      if (metadata.put(member.getKey().toLowerCase(Locale.ROOT), value.stringValue()) != null) {
        throw invalid("Two names in metadata differ in case only");
      }
    }
    return metadata;
  }

  private static Fault invalid(String text) {
    return new Fault(FaultCode.INVALID_ARGUMENT, text);
  }
}
