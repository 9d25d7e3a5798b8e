package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Everything that stands between a call and its tool, in one place: what is offered, the caller's
/// rights, the rules of the arguments, in this order. Thread-safe.
///
/// [ToolCatalog] asks before each call; whoever wants to know why a call would be refused asks the
/// same.
public final class CallCheck {
  /// What came of a check.
  public sealed interface Outcome {
    /// The call may be made.
    ///
    /// @param grant what it may do
    /// @param arguments checked, with defaults
    record Passed(Grant grant, Arguments arguments) implements Outcome {}

    /// There is no such tool.
    record Unknown() implements Outcome {}

    /// There is, but this server does not offer it.
    ///
    /// @param reason why
    record Withheld(ToolOffer.Reason reason) implements Outcome {}

    /// The caller may not.
    ///
    /// @param decision what is missing
    record Denied(Decision.Denied decision) implements Outcome {}

    /// An argument breaks its rule.
    ///
    /// @param fault which
    record Malformed(Fault fault) implements Outcome {}
  }

  private final List<ToolSpec> offered;
  private final Map<String, ToolSpec> byName = new HashMap<>();
  private final ToolPolicy policy;
  private final ToolOffer offer;

  /// A check.
  ///
  /// @param specs of all tools that exist, in any order
  /// @param policy who may call what
  /// @param offer which of them are offered
  /// @throws IllegalArgumentException when two have the same name
  public CallCheck(List<ToolSpec> specs, ToolPolicy policy, ToolOffer offer) {
    this.policy = policy;
    this.offer = offer;
    for (ToolSpec spec : specs) {
      register(spec.name(), spec);
      spec.aliases().forEach(alias -> register(alias, spec));
    }
    this.offered =
        specs.stream()
            .filter(spec -> offer.withholds(spec).isEmpty())
            .sorted(Comparator.comparing(ToolSpec::name))
            .toList();
  }

  private void register(String name, ToolSpec spec) {
    if (byName.put(name, spec) != null) {
      throw new IllegalArgumentException("two tools are called " + name);
    }
  }

  /// What this server offers at all.
  public ToolOffer offer() {
    return offer;
  }

  /// The definitions of all tools that are offered, sorted by name.
  List<ToolSpec> offered() {
    return offered;
  }

  /// The tools that a caller is shown, sorted by name.
  ///
  /// @param caller who asks
  /// @return the published definitions
  public List<ToolSpec> visibleTo(Caller caller) {
    return offered.stream().filter(spec -> policy.isListed(caller, spec.name())).toList();
  }

  /// The definition of a tool that is offered.
  ///
  /// @param name its name or an older one
  /// @return the definition, or empty when there is no such tool
  public Optional<ToolSpec> find(String name) {
    return Optional.ofNullable(byName.get(name)).filter(spec -> offer.withholds(spec).isEmpty());
  }

  /// Checks a call without making it.
  ///
  /// @param name of the tool, or an older one
  /// @param caller who would call
  /// @param arguments as they would be sent
  /// @return the first rule that is broken, or what the tool would get
  public Outcome check(String name, Caller caller, ObjectNode arguments) {
    ToolSpec spec = byName.get(name);
    if (spec == null) {
      return new Outcome.Unknown();
    }
    Optional<ToolOffer.Reason> reason = offer.withholds(spec);
    if (reason.isPresent()) {
      return new Outcome.Withheld(reason.get());
    }
    return switch (policy.decide(caller, spec.name(), arguments)) {
      case Decision.Denied denied -> new Outcome.Denied(denied);
      case Decision.Allowed(Grant grant) -> checked(spec, grant, arguments);
    };
  }

  /// The level that a call lacks and that another token of the same issuer can have.
  ///
  /// @param name of the tool, or an older one
  /// @param caller who calls
  /// @param arguments as they were sent
  /// @return empty when more scope would not help, or is not needed
  Optional<Level> lackedLevel(String name, Caller caller, ObjectNode arguments) {
    return find(name).flatMap(spec -> policy.lackedLevel(caller, spec.name(), arguments));
  }

  /// What somebody may do who looks after a job of a tool: the rights of a call, in no bucket.
  ///
  /// @throws Fault when they are missing
  Grant following(ToolSpec spec, Caller caller) {
    return switch (policy.decide(caller, spec.name(), StrictJson.NODES.objectNode())) {
      case Decision.Denied denied -> throw denied.fault();
      case Decision.Allowed(Grant grant) -> grant;
    };
  }

  private static Outcome checked(ToolSpec spec, Grant grant, ObjectNode arguments) {
    try {
      return new Outcome.Passed(grant, Arguments.check(spec, arguments));
    } catch (Fault fault) {
      return new Outcome.Malformed(fault);
    }
  }
}
