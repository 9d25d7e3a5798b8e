package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.ResourceSpec.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// All resources of this server, and the only way to read one. Thread-safe.
public final class ResourceCatalog {
  private final Map<String, Resource> fixed = new LinkedHashMap<>();
  private final List<Resource> templated = new ArrayList<>();
  private final ToolPolicy policy;

  /// A catalogue.
  ///
  /// @param resources all of them, in the order in which they are listed
  /// @param policy who may read what
  public ResourceCatalog(List<Resource> resources, ToolPolicy policy) {
    this.policy = policy;
    for (Resource resource : resources) {
      switch (resource.spec().address()) {
        case Address.Fixed address -> {
          if (fixed.put(address.uri(), resource) != null) {
            throw new IllegalArgumentException("two resources are at " + address.uri());
          }
        }
        case Address.Templated _ -> templated.add(resource);
      }
    }
  }

  /// The resources at fixed URIs that a caller is shown.
  ///
  /// @param caller who asks
  /// @return their descriptions
  public List<ResourceSpec> fixedFor(Caller caller) {
    return specs(List.copyOf(fixed.values()), caller);
  }

  /// The resource templates that a caller is shown.
  ///
  /// @param caller who asks
  /// @return their descriptions
  public List<ResourceSpec> templatesFor(Caller caller) {
    return specs(templated, caller);
  }

  private List<ResourceSpec> specs(List<Resource> resources, Caller caller) {
    return resources.stream()
        .map(Resource::spec)
        .filter(spec -> policy.decide(caller, spec.needs(), Set.of()) instanceof Decision.Allowed)
        .toList();
  }

  /// The description of a resource or template.
  ///
  /// @param address its URI, or the template as it is listed
  /// @return the description, or empty when there is none at this address
  public Optional<ResourceSpec> find(String address) {
    return Stream.concat(fixed.values().stream(), templated.stream())
        .map(Resource::spec)
        .filter(spec -> spec.address().text().equals(address))
        .findFirst();
  }

  /// Checks rights, then proposes values of a variable.
  ///
  /// @param address of a template that [#find] knows
  /// @param variable one of its variables
  /// @param call what was typed, by whom
  /// @return values; none where nothing can be proposed
  /// @throws Fault when the caller may not know them, or they cannot be read
  public Completion complete(String address, String variable, CompletionCall call) {
    ResourceSpec spec = find(address).orElseThrow();
    Completer completer = spec.completers().get(variable);
    if (completer == null) {
      return Completion.none();
    }
    ObjectNode json = StrictJson.NODES.objectNode();
    call.arguments().forEach(json::put);
    return switch (policy.decide(call.caller(), spec.needs(), json)) {
      case Decision.Denied denied -> throw denied.fault();
      case Decision.Allowed(Grant grant) -> completer.complete(call.granted(grant));
    };
  }

  /// A resource that was read.
  ///
  /// @param spec what it says of itself
  /// @param contents what it holds
  public record Read(ResourceSpec spec, ResourceContents contents) {}

  /// Checks rights, then reads.
  ///
  /// @param uri what to read
  /// @param caller who reads
  /// @param input what the client can be asked and what it has answered
  /// @return what it holds, or empty when there is no such resource
  /// @throws Fault when the caller may not read it, or it cannot be read
  public Optional<Read> read(String uri, Caller caller, Input input) {
    return locate(uri)
        .map(found ->
            read(
                found.resource(),
                new ResourceCall(grant(found, caller), uri, found.variables(), input)));
  }

  /// Whether there is a resource that a caller may read.
  ///
  /// @param uri any URI
  /// @param caller who would read it
  /// @return true when there is one
  public boolean has(String uri, Caller caller) {
    return locate(uri)
        .map(found -> policy.decide(caller, found.resource().spec().needs(), Set.of()))
        .filter(Decision.Allowed.class::isInstance)
        .isPresent();
  }

  private record Found(Resource resource, Map<String, String> variables) {}

  private Optional<Found> locate(String uri) {
    Resource resource = fixed.get(uri);
    if (resource != null) {
      return Optional.of(new Found(resource, Map.of()));
    }
    for (Resource candidate : templated) {
      if (candidate.spec().address() instanceof Address.Templated(UriTemplate template)) {
        Optional<Map<String, String>> variables = template.match(uri);
        if (variables.isPresent()) {
          return Optional.of(new Found(candidate, variables.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Grant grant(Found found, Caller caller) {
    return switch (policy.decide(caller, found.resource().spec().needs(), Set.of())) {
      case Decision.Denied denied -> throw denied.fault();
      case Decision.Allowed(Grant grant) -> grant;
    };
  }

  private static Read read(Resource resource, ResourceCall call) {
    return new Read(resource.spec(), resource.read(call));
  }
}
