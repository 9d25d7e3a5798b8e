package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// Lets handlers ask the client, in the way of the request's revision: the stateless one is
/// answered with the questions, and the client calls again; older ones are asked on the stream of
/// the call while it waits. Handlers do not see the difference.
final class Dialogue {
  /// More rounds than this are a handler that asks for ever.
  private static final int MAX_ROUNDS = 8;

  private final RequestStates states;
  private final Questions questions;

  /// One round of a handler.
  @FunctionalInterface
  interface Handler {
    /// Begins from the beginning, with what is known by now.
    Turn take(Input input);
  }

  Dialogue(RequestStates states, Questions questions) {
    this.states = states;
    this.questions = questions;
  }

  /// Checks the shape of what a request brings to answer questions.
  ///
  /// @throws RpcException `-32602`
  void check(Call call) {
    if (call.version().isStateless()) {
      Params.objectOrEmpty(call.params(), "inputResponses");
      if (call.params().has("requestState") && !call.params().path("requestState").isString()) {
        throw Params.invalid("params.requestState must be a string");
      }
    }
  }

  /// Runs a handler to its end, or to its first question.
  ///
  /// @throws RpcException `-32602` for a state that is not good here, `-32021` when the client of a
  ///   stateless revision did not declare what would have to be asked
  /// @throws Fault [FaultCode#INPUT_REQUIRED] when an older client cannot be asked or does not
  ///   answer
  Result run(Call call, String method, Handler handler) {
    return call.version().isStateless() ? answered(call, method, handler) : asked(call, handler);
  }

  private Result answered(Call call, String method, Handler handler) {
    ObjectNode responses = Params.objectOrEmpty(call.params(), "inputResponses");
    Input input = new Input(call.capabilities(), responses, states.open(call, method));
    return switch (handler.take(input)) {
      case Turn.Done(Result result) -> result;
      case Turn.Asks(InputRequired required) -> {
        requireDeclared(required, call.capabilities());
        yield question(call, method, required);
      }
    };
  }

  private Result question(Call call, String method, InputRequired required) {
    ObjectNode members = StrictJson.NODES.objectNode();
    if (!required.requests().isEmpty()) {
      members.set("inputRequests", toJson(required));
    }
    required
        .state()
        .ifPresent(state -> members.put("requestState", states.seal(call, method, state)));
    return Result.Tree.asking(members);
  }

  /// The questions by key, as a stateless revision writes them.
  static ObjectNode toJson(InputRequired required) {
    ObjectNode requests = StrictJson.NODES.objectNode();
    required
        .requests()
        .forEach((key, request) ->
            requests
                .putObject(key)
                .put("method", request.method())
                .set("params", request.params()));
    return requests;
  }

  /// Refuses to ask what the client did not declare.
  ///
  /// @throws RpcException `-32021` naming what is missing
  static void requireDeclared(InputRequired required, Set<ClientCapability> declared) {
    Set<ClientCapability> missing = missing(required, declared);
    if (!missing.isEmpty()) {
      throw RpcException.missing(missing);
    }
  }

  private static Set<ClientCapability> missing(
      InputRequired required, Set<ClientCapability> declared) {
    Set<ClientCapability> missing = new TreeSet<>();
    for (InputRequest request : required.requests().values()) {
      if (!declared.contains(request.needs())) {
        missing.add(request.needs());
      }
    }
    return missing;
  }

  /// As in the stateless revision, a handler sees the answers to its last questions only.
  private Result asked(Call call, Handler handler) {
    Set<ClientCapability> askable = questions.askable(call);
    ObjectNode responses = StrictJson.NODES.objectNode();
    Optional<ObjectNode> state = Optional.empty();
    for (int rounds = 0; ; rounds++) {
      switch (handler.take(new Input(askable, responses, state))) {
        case Turn.Done(Result result) -> {
          return result;
        }
        case Turn.Asks(InputRequired required) -> {
          requireAskable(required, askable, rounds);
          responses = questions.ask(call, required.requests());
          state = required.state();
        }
      }
    }
  }

  private static void requireAskable(
      InputRequired required, Set<ClientCapability> askable, int rounds) {
    if (!missing(required, askable).isEmpty()) {
      throw new Fault(
          FaultCode.INPUT_REQUIRED,
          "This call has to ask its user something, and this client cannot be asked (or not"
              + " by this server). Use a client that offers elicitation, or pass the answer"
              + " as an argument where the description names one.");
    }
    if (rounds == MAX_ROUNDS) {
      throw new Fault(
          FaultCode.INPUT_REQUIRED,
          "The client was asked %d times and its answers were not what was asked for"
              .formatted(MAX_ROUNDS));
    }
  }
}
