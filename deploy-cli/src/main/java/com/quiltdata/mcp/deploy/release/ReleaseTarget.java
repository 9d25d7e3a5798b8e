package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.ServiceId;
import java.net.URI;
import java.util.Optional;

/// What is released, and where it can be reached.
///
/// @param service the ECS service
/// @param container whose image is released
/// @param repository the name of the image repository
/// @param registry the host of the registry, where it is not the one that ECR tells
/// @param parameters prefix of the parameters that releases keep
/// @param smokeUrl the public address of the MCP endpoint
/// @param smokeToken what the smoke test shows; never printed
public record ReleaseTarget(
    ServiceId service,
    String container,
    String repository,
    Optional<String> registry,
    String parameters,
    Optional<URI> smokeUrl,
    Optional<String> smokeToken) {
  @Override
  public String toString() {
    return service.toString();
  }
}
