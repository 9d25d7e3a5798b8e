package com.quiltdata.mcp.input;

import com.quiltdata.mcp.json.StrictJson;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One question to the client (MCP 2026-07-28, `InputRequest`).
public sealed interface InputRequest {
  /// The method by which it is asked.
  String method();

  /// Its parameters as the newest revision writes them.
  ObjectNode params();

  /// What the client must have declared.
  ClientCapability needs();

  /// Asks the user to fill in a form. Never for secrets.
  ///
  /// @param message why it is asked, for the user
  /// @param schema a flat object: texts, numbers, flags and choices
  record Form(String message, ObjectNode schema) implements InputRequest {
    /// Checks that an answer could fit.
    public Form {
      FormSchema.require(schema);
    }

    @Override
    public String method() {
      return "elicitation/create";
    }

    @Override
    public ObjectNode params() {
      ObjectNode params = StrictJson.NODES.objectNode().put("mode", "form").put("message", message);
      params.set("requestedSchema", schema);
      return params;
    }

    @Override
    public ClientCapability needs() {
      return ClientCapability.FORM;
    }
  }

  /// Asks the user to open a page, where they do what must not pass through the client.
  ///
  /// @param message why, for the user
  /// @param url `https`, with no data of the user in it and no rights by itself
  record Page(String message, URI url) implements InputRequest {
    /// Checks that a browser could open it.
    public Page {
      if (!url.isAbsolute() || url.getHost() == null) {
        throw new IllegalArgumentException("a page has an address with a host");
      }
    }

    @Override
    public String method() {
      return "elicitation/create";
    }

    @Override
    public ObjectNode params() {
      return StrictJson.NODES
          .objectNode()
          .put("mode", "url")
          .put("message", message)
          .put("url", url.toString());
    }

    @Override
    public ClientCapability needs() {
      return ClientCapability.PAGE;
    }
  }

  /// Asks the client's model.
  ///
  /// @param prompt what the user's side of the conversation says
  /// @param maxTokens longest answer
  record Sampling(String prompt, int maxTokens) implements InputRequest {
    /// Checks that an answer could be given.
    public Sampling {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("an answer has at least one token");
      }
    }

    @Override
    public String method() {
      return "sampling/createMessage";
    }

    @Override
    public ObjectNode params() {
      ObjectNode params = StrictJson.NODES.objectNode();
      params
          .putArray("messages")
          .addObject()
          .put("role", "user")
          .putObject("content")
          .put("type", "text")
          .put("text", prompt);
      return params.put("maxTokens", maxTokens);
    }

    @Override
    public ClientCapability needs() {
      return ClientCapability.SAMPLING;
    }
  }

  /// Asks for the folders that the client works in.
  record Roots() implements InputRequest {
    @Override
    public String method() {
      return "roots/list";
    }

    @Override
    public ObjectNode params() {
      return StrictJson.NODES.objectNode();
    }

    @Override
    public ClientCapability needs() {
      return ClientCapability.ROOTS;
    }
  }

  /// A form with one choice: yes or no.
  ///
  /// @param message what is confirmed, for the user
  /// @param name of the choice in the answer
  /// @return the question
  static Form confirmation(String message, String name) {
    ObjectNode schema = StrictJson.NODES.objectNode().put("type", "object");
    schema.putObject("properties").putObject(name).put("type", "boolean");
    schema.putArray("required").add(name);
    return new Form(message, schema);
  }

  /// A form of required texts.
  ///
  /// @param message why they are asked, for the user
  /// @param names of the texts in the answer
  /// @return the question
  static Form texts(String message, List<String> names) {
    ObjectNode schema = StrictJson.NODES.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    names.forEach(name -> properties.putObject(name).put("type", "string"));
    names.forEach(schema.putArray("required")::add);
    return new Form(message, schema);
  }
}
