package com.quiltdata.mcp.input;

import com.quiltdata.mcp.json.StrictJson;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client says it can be asked (MCP 2026-07-28, `ClientCapabilities`), reduced to what is
/// used here.
public enum ClientCapability {
  /// To put a form to its user.
  FORM(1),
  /// To have its user open a page.
  PAGE(2),
  /// To have its model answer.
  SAMPLING(4),
  /// To list its user's folders.
  ROOTS(8),
  /// To follow a task (extension `io.modelcontextprotocol/tasks`).
  TASKS(16);

  /// The identifier of the tasks extension.
  public static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

  private final int flag;

  ClientCapability(int flag) {
    this.flag = flag;
  }

  /// Packs capabilities into the bits of a number, for clients to carry.
  ///
  /// @param capabilities any
  /// @return their flags together, less than 256
  public static int toBits(Set<ClientCapability> capabilities) {
    return capabilities.stream().mapToInt(one -> one.flag).sum();
  }

  /// Unpacks what [#toBits] packed.
  ///
  /// @param bits flags; unknown ones say nothing
  /// @return the capabilities
  public static Set<ClientCapability> ofBits(int bits) {
    EnumSet<ClientCapability> all = EnumSet.allOf(ClientCapability.class);
    all.removeIf(one -> (bits & one.flag) == 0);
    return all;
  }

  /// Reads what a client declares. Unknown members say nothing.
  ///
  /// @param declared the client's `capabilities`
  /// @return what of it is known here
  public static Set<ClientCapability> of(JsonNode declared) {
    EnumSet<ClientCapability> known = EnumSet.noneOf(ClientCapability.class);
    JsonNode elicitation = declared.path("elicitation");
    // One that names no mode is the form of revisions that had nothing else.
    boolean namesNone = !elicitation.hasNonNull("form") && !elicitation.hasNonNull("url");
    if (elicitation.isObject() && (namesNone || elicitation.path("form").isObject())) {
      known.add(FORM);
    }
    if (elicitation.path("url").isObject()) {
      known.add(PAGE);
    }
    if (declared.path("sampling").isObject()) {
      known.add(SAMPLING);
    }
    if (declared.path("roots").isObject()) {
      known.add(ROOTS);
    }
    if (declared.path("extensions").path(TASKS_EXTENSION).isObject()) {
      known.add(TASKS);
    }
    return known;
  }

  /// The declaration that a client would have to make for several capabilities.
  ///
  /// @param capabilities any
  /// @return one declaration of them all
  public static ObjectNode toJson(Set<ClientCapability> capabilities) {
    ObjectNode declared = StrictJson.NODES.objectNode();
    capabilities.forEach(one -> declared.setAll(one.toJson()));
    if (capabilities.contains(FORM) && capabilities.contains(PAGE)) {
      // Beside another mode, an empty object does not mean forms.
      ObjectNode elicitation = declared.putObject("elicitation");
      elicitation.putObject("form");
      elicitation.putObject("url");
    }
    return declared;
  }

  /// The declaration that a client would have to make.
  public ObjectNode toJson() {
    ObjectNode declared = StrictJson.NODES.objectNode();
    switch (this) {
      case FORM -> declared.putObject("elicitation").putObject("form");
      case PAGE -> declared.putObject("elicitation").putObject("url");
      case SAMPLING -> declared.putObject("sampling");
      case ROOTS -> declared.putObject("roots");
      case TASKS -> declared.putObject("extensions").putObject(TASKS_EXTENSION);
    }
    return declared;
  }
}
