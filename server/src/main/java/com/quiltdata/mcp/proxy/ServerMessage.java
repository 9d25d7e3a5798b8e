package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.protocol.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// One message of the server, as far as it must be understood to be handed on. The rest is read
/// over, so that a large result takes no more memory than its text.
///
/// @param id of a request or a response
/// @param hasMethod whether it asks or tells something; else it is a response
record ServerMessage(Optional<RequestId> id, boolean hasMethod) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(512)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  boolean isResponse() {
    return !hasMethod;
  }

  /// Reads the message, or the members of a batch.
  ///
  /// @throws MalformedJsonException when it is not JSON, or no message
  static List<ServerMessage> of(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      List<ServerMessage> messages = new ArrayList<>();
      switch (parser.nextToken()) {
        case JsonToken.START_OBJECT -> messages.add(object(parser));
        case JsonToken.START_ARRAY -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            messages.add(object(parser));
          }
          if (parser.currentToken() != JsonToken.END_ARRAY || messages.isEmpty()) {
            throw new MalformedJsonException("a batch holds messages");
          }
        }
        case null, default -> throw new MalformedJsonException("a message is a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("there is text behind the message");
      }
      return messages;
    } catch (JacksonException _) {
      throw new MalformedJsonException("the text is not JSON");
    }
  }

  private static ServerMessage object(JsonParser parser) {
    Optional<RequestId> id = Optional.empty();
    boolean hasMethod = false;
    boolean hasOutcome = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> id = id(parser, value);
        case "method" -> hasMethod = value == JsonToken.VALUE_STRING;
        case "result", "error" -> hasOutcome = true;
        default -> {
          // of no interest here
        }
      }
      parser.skipChildren();
    }
    if (hasMethod == hasOutcome) {
      throw new MalformedJsonException("a message has a method, a result or an error");
    }
    return new ServerMessage(id, hasMethod);
  }

  private static Optional<RequestId> id(JsonParser parser, JsonToken value) {
    return switch (value) {
      case JsonToken.VALUE_STRING -> Optional.of(new RequestId.Text(parser.getString()));
      case JsonToken.VALUE_NUMBER_INT ->
          Optional.of(new RequestId.Whole(parser.getBigIntegerValue()));
      default -> Optional.empty();
    };
  }
}
