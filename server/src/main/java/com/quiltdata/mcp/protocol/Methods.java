package com.quiltdata.mcp.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All methods by name.
final class Methods {
  private final Map<String, Method> byName;

  Methods(Catalogs catalogs, ServerIdentity server, RevisionWriter writer, Deadline deadline) {
    Capabilities capabilities = new Capabilities();
    this.byName =
        List.of(
                new DiscoverMethod(server, capabilities),
                new InitializeMethod(server, capabilities),
                new PingMethod(),
                new SetLevelMethod(),
                new ToolsListMethod(catalogs.tools(), writer),
                new ToolsCallMethod(catalogs.tools(), writer, deadline),
                ResourcesListMethod.ofResources(catalogs.resources(), writer),
                ResourcesListMethod.ofTemplates(catalogs.resources(), writer),
                new ResourcesReadMethod(catalogs.resources(), writer, deadline),
                new PromptsListMethod(catalogs.prompts(), writer),
                new PromptsGetMethod(catalogs.prompts(), writer, deadline),
                new CompleteMethod(catalogs, deadline.atMost(CompleteMethod.LIMIT)))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));
  }

  Optional<Method> find(String name, ProtocolVersion version) {
    return Optional.ofNullable(byName.get(name)).filter(method -> method.isPartOf(version));
  }
}
