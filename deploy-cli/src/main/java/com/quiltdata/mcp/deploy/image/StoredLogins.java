package com.quiltdata.mcp.deploy.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The logins that docker and podman keep in files, and those of the helpers that such a file
/// names. They are shown to registries that ask.
///
/// @param environment variables, which say where the files are and which helpers get
public record StoredLogins(Map<String, String> environment) {

  /// Copies the variables.
  public StoredLogins {
    environment = Map.copyOf(environment);
  }

  /// An image of a registry, with the logins that are known for it.
  ///
  /// @param warnings hears of files that cannot be read
  RegistryImage image(ImageReference name, Consumer<String> warnings)
      throws InvalidImageReferenceException {
    RegistryImage image = RegistryImage.named(name.toString());
    CredentialRetrieverFactory logins =
        CredentialRetrieverFactory.forImage(
            com.google.cloud.tools.jib.api.ImageReference.parse(name.toString()),
            event -> {
              if (event.getLevel() == LogEvent.Level.WARN) {
                warnings.accept(event.getMessage());
              }
            },
            environment);
    files().forEach(file -> image.addCredentialRetriever(logins.dockerConfig(file)));
    return image.addCredentialRetriever(logins.wellKnownCredentialHelpers());
  }

  private Stream<Path> files() {
    return Stream.of(
            folder("DOCKER_CONFIG").or(() -> below("HOME", ".docker")).map(in("config.json")),
            folder("REGISTRY_AUTH_FILE"),
            below("XDG_RUNTIME_DIR", "containers").map(in("auth.json")),
            below("HOME", ".config/containers").map(in("auth.json")))
        .flatMap(Optional::stream)
        .filter(Files::isRegularFile);
  }

  private static Function<Path, Path> in(String file) {
    return folder -> folder.resolve(file);
  }

  private Optional<Path> below(String variable, String folder) {
    return folder(variable).map(in(folder));
  }

  private Optional<Path> folder(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
