package com.quiltdata.mcp.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.quiltdata.mcp.deploy.fake.FakeRegistry;
import com.quiltdata.mcp.deploy.image.ImageRepository.Login;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.program.Installation;
import com.quiltdata.mcp.deploy.program.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pushes to a registry that answers 401 first.
final class RegistryLoginTest {
  private final FakeRegistry registry = new FakeRegistry("somebody", "known");
  private final ImageReference name =
      new ImageReference(registry.host(), "team/app", Optional.of("1.0.0"), Optional.empty());

  @TempDir private Path folder;

  @AfterEach
  void end() {
    registry.close();
  }

  private String push(Optional<Login> login, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("program.jar"), "program");
    Installation content =
        new Installation(
            List.of(new Layer("program", new TreeMap<>(Map.of("/app/program.jar", file)))),
            List.of("/app/java"),
            List.of("CMD", "/app/health"),
            Map.of());
    return new ImageBuilder(
            content,
            new BaseImage.Scratch(),
            new ImageLabels("1.0.0", "abc", Optional.empty()),
            "amd64",
            new StoredLogins(environment),
            folder.resolve("cache"),
            _ -> {})
        .push(name, login, true);
  }

  /// A file of docker's that has a login.
  private void write(String file, String password) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(
        path,
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
            .formatted(registry.host(), FakeRegistry.basic("somebody", password)));
  }

  @Test
  void theLoginThatIsGivenIsShown() throws IOException {
    assertThat(push(Optional.of(new Login("somebody", "known")), Map.of())).startsWith("sha256:");
    assertThat(registry.pushed).containsExactly("team/app:1.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "HOME, home, home/.docker/config.json",
    "DOCKER_CONFIG, docker, docker/config.json",
    "REGISTRY_AUTH_FILE, logins.json, logins.json",
    "XDG_RUNTIME_DIR, run, run/containers/auth.json",
    "HOME, home, home/.config/containers/auth.json",
  })
  void withoutOneThoseOfDockerAndPodmanAreShown(String variable, String value, String file)
      throws IOException {
    write(file, "known");
    push(Optional.empty(), Map.of(variable, folder.resolve(value).toString()));
    assertThat(registry.pushed).containsExactly("team/app:1.0.0");
  }

  @ParameterizedTest
  @CsvSource({"no login", "wrong"})
  void aRegistryThatRefusesIsNamedWithTheWayOut(String password) throws IOException {
    if (password.equals("wrong")) {
      write(".docker/config.json", password);
    }
    assertThatThrownBy(() -> push(Optional.empty(), Map.of("HOME", folder.toString())))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.PUSH_FAILED);
              assertThat(failure.cause())
                  .contains(
                      "Registry " + registry.host() + " refuses the push",
                      "/team/app, HTTP 401",
                      "it wants a login that may push");
              assertThat(failure.next()).contains("docker login " + registry.host());
            });
    assertThat(registry.pushed).isEmpty();
  }

  /// The library knows Docker Hub by another name.
  @ParameterizedTest
  @CsvSource({
    "docker.io, team/app, team/app, PUSH_FAILED, docker login docker.io",
    "docker.io, app, app, PUSH_FAILED, docker login docker.io",
    "docker.io, team/app, team/base, BUILD_FAILED, docker login registry-1.docker.io",
  })
  void aPushToDockerHubIsNoBaseImage(
      String host, String repository, String refused, ExitCode code, String next) {
    Failure failure =
        RegistryFaults.push(
            new ImageReference(host, repository, Optional.of("1.0.0"), Optional.empty()),
            new RegistryUnauthorizedException("registry-1.docker.io", refused, null),
            new IOException("refused"));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.next()).contains(next);
  }

  @ParameterizedTest
  @CsvSource({
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com, eu-west-1",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1",
    "123456789012.dkr-ecr.us-east-1.on.aws, us-east-1",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com.example.com, ''",
    "1.dkr.ecr.us-east-1.amazonaws.com, ''",
    "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1",
    "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, us-iso-east-1",
    "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1",
    "123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk, eu-isoe-west-1",
    "123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov, us-isof-south-1",
    "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, cn-north-1",
    "123456789012.dkr.ecr.us-east-1.c2s.ic.gov.example.com, ''",
    "123456789012.dkr.ecr.us-east-1.example.amazonaws.eu, ''",
    "public.ecr.aws, ''",
  })
  void hostsOfEcrAreKnownByTheirNames(String host, String region) {
    assertThat(EcrRegistry.of(host).map(EcrRegistry::region).orElse("")).isEqualTo(region);
  }
}
