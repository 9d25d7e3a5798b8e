package com.quiltdata.mcp.schema;

import com.quiltdata.mcp.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the answer to a method has to be in a revision.
final class ResponseRules {
  private final RevisionSchema schema;
  private final String revision;
  private final String method;

  ResponseRules(RevisionSchema schema, String revision, String method) {
    this.schema = schema;
    this.revision = revision;
    this.method = method;
  }

  /// The definition that matters most for a response.
  String definition(JsonNode response) {
    if (response.has("error")) {
      return schema.ofErrorCode(response.path("error").path("code").asInt(0)).orElse(error());
    }
    return switch (response.path("result").path("resultType").asString("")) {
      case "input_required" -> "InputRequiredResult";
      case "task" -> method.equals("tools/call") ? "CreateTaskResult" : result();
      default -> result();
    };
  }

  private String error() {
    return schema.has("JSONRPCErrorResponse") ? "JSONRPCErrorResponse" : "JSONRPCError";
  }

  /// `CallToolRequest` is answered with a `CallToolResult`, and where there is no such thing with
  /// an empty result.
  private String result() {
    return schema
        .ofMethod(method)
        .map(request -> request.replaceFirst("Request$", "Result"))
        .map(name -> schema.has(name) ? name : "EmptyResult")
        .orElse("a result of " + method);
  }

  /// What is wrong with a response.
  ///
  /// @param hasId whether it answers a request whose id could be read
  List<String> problems(JsonNode response, boolean hasId) {
    return response.has("error") ? errorProblems(response, hasId) : resultProblems(response);
  }

  private List<String> resultProblems(JsonNode response) {
    String envelope =
        schema.has("JSONRPCResultResponse") ? "JSONRPCResultResponse" : "JSONRPCResponse";
    List<String> problems = new ArrayList<>(schema.problems(envelope, response));
    problems.addAll(schema.problems(definition(response), response.path("result")));
    String whole = result() + "Response";
    if (schema.has(whole) && !definition(response).equals("CreateTaskResult")) {
      problems.addAll(schema.problems(whole, response));
    }
    return problems;
  }

  private List<String> errorProblems(JsonNode response, boolean hasId) {
    JsonNode checked = response;
    List<String> problems = new ArrayList<>();
    if (!hasId && isIdRequired()) {
      // The schema wants an id where JSON-RPC 2.0, section 5, wants null: there is none to give.
      if (!response.path("id").isNull()) {
        problems.add("where no id could be read it is null in " + revision);
      }
      checked = ((ObjectNode) response.deepCopy()).set("id", StrictJson.NODES.numberNode(0));
    }
    problems.addAll(schema.problems(error(), checked));
    if (!definition(response).equals(error())) {
      problems.addAll(schema.problems(definition(response), checked));
    }
    return problems;
  }

  private boolean isIdRequired() {
    return error().equals("JSONRPCError");
  }
}
