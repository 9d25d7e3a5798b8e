package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsConfig;
import com.quiltdata.mcp.deploy.aws.CallLog;
import com.quiltdata.mcp.deploy.image.EcrRegistry;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.image.ImageRepository.Login;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// As whom an image is pushed where no service is known.
final class RegistryOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of the AWS configuration files, for a login to ECR. $AWS_PROFILE")
  private @Nullable String profile;

  /// The login that AWS gives; empty for a registry that is not of ECR. `ECR_REGISTRY` may name a
  /// host that stands in for ECR.
  Optional<Login> login(ImageReference image, Surroundings around) {
    Optional<String> region = EcrRegistry.of(image.registry()).map(EcrRegistry::region);
    boolean isStandIn =
        around.variable("ECR_REGISTRY").filter(image.registry()::equals).isPresent();
    if (region.isEmpty() && !isStandIn) {
      return Optional.empty();
    }
    AwsConfig config =
        new AwsConfig(
            region
                .or(() -> around.variable("AWS_REGION"))
                .or(() -> around.variable("AWS_DEFAULT_REGION"))
                .orElse("us-east-1"),
            Optional.ofNullable(profile).or(() -> around.variable("AWS_PROFILE")),
            around.variable("AWS_ENDPOINT_URL").map(text -> TargetOptions.uri("endpoint", text)));
    try (AwsClients aws = new AwsClients(config, new CallLog())) {
      return Optional.of(new ImageRepository(aws, image.repository()).login());
    }
  }
}
