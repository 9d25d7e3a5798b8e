package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsConfig;
import com.quiltdata.mcp.deploy.ecs.ServiceId;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.project.ProjectFile;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which service a command is about. A flag beats the environment, which beats `deploy.yaml`, which
/// beats the default.
final class TargetOptions {
  private static final String FILE = "deploy.yaml";
  private static final int FASTEST = 1000;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "The environment of deploy.yaml, staging or production for example.")
  private @Nullable String env;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The project file (default: deploy.yaml, if there is one).")
  private @Nullable Path config;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The ECS cluster (default: sales-prod).")
  private @Nullable String cluster;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The ECS service (default: sales-prod-mcp-server-production).")
  private @Nullable String service;

  @Option(
      names = "--container",
      paramLabel = "NAME",
      description = "The container (default: mcp-server).")
  private @Nullable String container;

  @Option(
      names = "--repository",
      paramLabel = "NAME",
      description = "The ECR repository (default: quilt-mcp-server).")
  private @Nullable String repository;

  @Option(
      names = "--registry",
      paramLabel = "HOST",
      description = "The host of the image registry (default: what ECR tells). $ECR_REGISTRY")
  private @Nullable String registry;

  @Option(
      names = "--parameter-prefix",
      paramLabel = "PATH",
      description = "Of the parameters that releases keep (default: /quilt/mcp-server).")
  private @Nullable String parameters;

  @Option(
      names = "--smoke-url",
      paramLabel = "URL",
      description = "The public address of the MCP endpoint.")
  private @Nullable String smokeUrl;

  @Option(
      names = "--smoke-token-file",
      paramLabel = "FILE",
      description = "Holds the token of the smoke test. $DEPLOY_SMOKE_TOKEN")
  private @Nullable Path smokeTokenFile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The AWS region (default: us-east-1). $AWS_REGION, $AWS_DEFAULT_REGION")
  private @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of the AWS configuration files. $AWS_PROFILE")
  private @Nullable String profile;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Something that stands in for AWS, for rehearsals. $AWS_ENDPOINT_URL")
  private @Nullable String endpoint;

  @Option(
      names = "--time-scale",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Make all waits shorter by this factor, for rehearsals.")
  private double timeScale = 1;

  private Map<String, String> file(Surroundings around) {
    Path path = Optional.ofNullable(config).orElse(Path.of(FILE));
    Path whole = around.folder().resolve(path);
    if (config == null && !Files.isRegularFile(whole)) {
      return ProjectFile.NONE.environment(Optional.ofNullable(env));
    }
    return ProjectFile.read(whole).environment(Optional.ofNullable(env));
  }

  /// What the command is about.
  ///
  /// @throws Failure [ExitCode#USAGE] naming what is missing or wrong
  ReleaseTarget target(Surroundings around) {
    Map<String, String> file = file(around);
    return new ReleaseTarget(
        new ServiceId(
            first(cluster, around, "", file, "cluster").orElse("sales-prod"),
            first(service, around, "", file, "service").orElse("sales-prod-mcp-server-production")),
        first(container, around, "", file, "container").orElse("mcp-server"),
        first(repository, around, "", file, "repository").orElse("quilt-mcp-server"),
        registry(around, file),
        first(parameters, around, "", file, "parameter-prefix").orElse("/quilt/mcp-server"),
        first(smokeUrl, around, "", file, "smoke-url").map(text -> uri("smoke URL", text)),
        smokeToken(around));
  }

  private Optional<String> registry(Surroundings around, Map<String, String> file) {
    Optional<String> named = first(registry, around, "ECR_REGISTRY", file, "registry");
    return named.isPresent()
        ? named
        : around
            .variable("AWS_ACCOUNT_ID")
            .map(account -> "%s.dkr.ecr.%s.amazonaws.com".formatted(account, aws(around).region()));
  }

  private Optional<String> smokeToken(Surroundings around) {
    if (smokeTokenFile == null) {
      return around.variable("DEPLOY_SMOKE_TOKEN");
    }
    try {
      return Optional.of(Files.readString(around.folder().resolve(smokeTokenFile)).strip());
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "%s cannot be read".formatted(smokeTokenFile)).because(e);
    }
  }

  /// Which AWS, and as whom.
  AwsConfig aws(Surroundings around) {
    Map<String, String> file = file(around);
    return new AwsConfig(
        first(region, around, "AWS_REGION", file, "")
            .or(() -> around.variable("AWS_DEFAULT_REGION"))
            .or(() -> Optional.ofNullable(file.get("region")))
            .orElse("us-east-1"),
        first(profile, around, "AWS_PROFILE", file, "profile"),
        first(endpoint, around, "AWS_ENDPOINT_URL", file, "").map(text -> uri("endpoint", text)));
  }

  /// The surroundings with the time of a rehearsal, if this is one.
  ///
  /// @throws Failure [ExitCode#USAGE] when AWS itself would be hurried
  Surroundings paced(Surroundings around) {
    if (timeScale == 1) {
      return around;
    }
    if (!(timeScale > 1 && timeScale <= FASTEST)) {
      throw Failure.of(
          ExitCode.USAGE, "--time-scale is %s; give 1 to %d".formatted(timeScale, FASTEST));
    }
    if (aws(around).endpoint().isEmpty()) {
      throw Failure.of(
          ExitCode.USAGE,
          "--time-scale is for rehearsals: AWS takes its time, give --endpoint-url with it");
    }
    return around.with(around.pace().faster(timeScale));
  }

  /// For how many minutes a rollout may take, as the project file says.
  Optional<String> timeout(Surroundings around) {
    return Optional.ofNullable(file(around).get("timeout"));
  }

  /// The account that the project file wants.
  Optional<String> account(Surroundings around) {
    return Optional.ofNullable(file(around).get("account"));
  }

  private static Optional<String> first(
      @Nullable String flag,
      Surroundings around,
      String variable,
      Map<String, String> file,
      String key) {
    return Optional.ofNullable(flag)
        .or(() -> around.variable(variable))
        .or(() -> Optional.ofNullable(file.get(key)));
  }

  /// A web address that somebody gave.
  ///
  /// @throws Failure [ExitCode#USAGE] for what is none
  static URI uri(String what, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw Failure.of(ExitCode.USAGE, "The %s '%s' is no URL".formatted(what, text)).because(e);
    }
    throw Failure.of(
        ExitCode.USAGE, "The %s '%s' is no URL with http or https".formatted(what, text));
  }
}
