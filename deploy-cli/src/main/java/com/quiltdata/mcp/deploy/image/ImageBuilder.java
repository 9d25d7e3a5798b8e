package com.quiltdata.mcp.deploy.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.quiltdata.mcp.deploy.image.ImageRepository.Login;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.program.Installation;
import com.quiltdata.mcp.deploy.program.Layer;
import com.quiltdata.mcp.deploy.program.WorkFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;

/// Builds the image of the server without Docker. Equal files on an equal base give an equal
/// digest.
///
/// @param content what goes in
/// @param base what it starts from
/// @param labels what it says of itself
/// @param architecture `amd64` or `arm64`
/// @param logins for registries that ask
/// @param cache a folder for layers
/// @param progress hears lines for people
public record ImageBuilder(
    Installation content,
    BaseImage base,
    ImageLabels labels,
    String architecture,
    StoredLogins logins,
    Path cache,
    Consumer<String> progress) {
  private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");

  /// The same in every image, so that equal content has an equal digest.
  private static final Instant CREATED = Instant.EPOCH.plusSeconds(1);

  private static final String USER = "10001:10001";
  static final int PORT = 8000;

  /// The only place where the server may write. Where the file system of the container is
  /// read-only, a volume is mounted there, which is given to the owner of the folder of this
  /// volume.
  private static final AbsoluteUnixPath SCRATCH = AbsoluteUnixPath.get("/tmp");

  /// Pushes it to a registry; layers that are there already are not sent.
  ///
  /// @param target where to, with its tag
  /// @param login of the registry; empty to look for one where docker keeps them
  /// @param insecure whether plain HTTP will do, for a registry on this machine
  /// @return the digest of the manifest
  /// @throws Failure [ExitCode#BUILD_FAILED] or [ExitCode#PUSH_FAILED]
  public String push(ImageReference target, Optional<Login> login, boolean insecure) {
    try {
      RegistryImage image =
          login.isPresent()
              ? RegistryImage.named(target.toString())
                  .addCredential(login.get().user(), login.get().password())
              : logins.image(target, progress);
      return containerize(Containerizer.to(image), insecure, Optional.of(target));
    } catch (InvalidImageReferenceException e) {
      throw Failure.of(ExitCode.USAGE, "'%s' is no image".formatted(target)).because(e);
    }
  }

  /// Writes it to a tar file as `docker load` reads it.
  ///
  /// @return the digest of the manifest
  /// @throws Failure [ExitCode#BUILD_FAILED]
  public String write(Path tar, ImageReference name) {
    Path folder = Optional.ofNullable(tar.toAbsolutePath().getParent()).orElse(tar);
    if (!Files.isDirectory(folder) || Files.isDirectory(tar)) {
      throw Failure.of(
          ExitCode.BUILD_FAILED,
          "%s cannot be written: %s"
              .formatted(
                  tar, Files.isDirectory(tar) ? "it is a folder" : "there is no folder " + folder));
    }
    try {
      return containerize(
          Containerizer.to(TarImage.at(tar).named(name.toString())), false, Optional.empty());
    } catch (InvalidImageReferenceException e) {
      throw Failure.of(ExitCode.USAGE, "'%s' is no image".formatted(name)).because(e);
    }
  }

  /// @param pushed where to; empty for a tar file
  private String containerize(
      Containerizer target, boolean insecure, Optional<ImageReference> pushed) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try {
      return builder()
          .containerize(
              target
                  .setToolName("deploy-cli")
                  .setAllowInsecureRegistries(insecure)
                  .setBaseImageLayersCache(cache.resolve("base"))
                  .setApplicationLayersCache(cache.resolve("app"))
                  .setAlwaysCacheBaseImage(true)
                  .addEventHandler(
                      com.google.cloud.tools.jib.api.LogEvent.class,
                      event -> {
                        if (event.getLevel()
                                == com.google.cloud.tools.jib.api.LogEvent.Level.PROGRESS
                            && told.add(event.getMessage())) {
                          progress.accept(event.getMessage());
                        }
                      }))
          .getDigest()
          .toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted while the image was built").because(e);
    } catch (RegistryException e) {
      throw failed(pushed, e, e);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      if (cause instanceof FileSystemException && base instanceof BaseImage.Tar(Path file)) {
        throw Failure.of(
                ExitCode.BUILD_FAILED,
                "Base image %s cannot be read: it is no tar file as `docker save` writes it"
                    .formatted(file))
            .because(e);
      }
      throw failed(pushed, cause, e);
    } catch (IOException | CacheDirectoryCreationException | InvalidImageReferenceException e) {
      throw RegistryFaults.build(e, e);
    }
  }

  private static Failure failed(
      Optional<ImageReference> pushed, Throwable cause, Exception thrown) {
    return pushed.isPresent()
            && (cause instanceof RegistryException || cause instanceof IOException)
        ? RegistryFaults.push(pushed.get(), cause, thrown)
        : RegistryFaults.build(cause, thrown);
  }

  private JibContainerBuilder builder() throws IOException, InvalidImageReferenceException {
    JibContainerBuilder image =
        switch (base) {
          case BaseImage.Registered(ImageReference reference) ->
              Jib.from(logins.image(reference, progress));
          case BaseImage.Tar(Path file) -> Jib.from(TarImage.at(file));
          case BaseImage.Scratch() -> Jib.fromScratch();
        };
    image
        .setFormat(ImageFormat.OCI)
        .setCreationTime(CREATED)
        .setPlatforms(Set.of(new Platform(architecture, "linux")))
        .setUser(USER)
        .setWorkingDirectory(APP)
        .setExposedPorts(Set.of(Port.tcp(PORT)))
        .addVolume(SCRATCH)
        .addEnvironmentVariable("FASTMCP_ADDR", "0.0.0.0")
        .setLabels(allLabels())
        .setEntrypoint(content.entrypoint());
    content.layers().forEach(layer -> image.addFileEntriesLayer(entries(layer)));
    return image.addFileEntriesLayer(build());
  }

  /// Those that were given, and what else the image says of itself. None tells a time: equal
  /// content has an equal digest.
  Map<String, String> allLabels() {
    Map<String, String> all = new TreeMap<>(labels.asMap());
    ArrayNode health = Json.array();
    content.health().forEach(health::add);
    all.put(ImageLabels.HEALTH, Json.text(health));
    content.parts().forEach((part, key) -> all.put(ImageLabels.OWN + part, key));
    if (base instanceof BaseImage.Registered(ImageReference from)) {
      all.put(ImageLabels.BASE_NAME, from.name());
      from.digest().ifPresent(digest -> all.put(ImageLabels.BASE_DIGEST, digest));
    }
    return all;
  }

  private static FileEntriesLayer entries(Layer layer) {
    FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
    layer
        .files()
        .forEach((path, file) ->
            entries.addEntry(
                file,
                AbsoluteUnixPath.get(path),
                Files.isExecutable(file)
                    ? FilePermissions.fromOctalString("755")
                    : FilePermissions.DEFAULT_FILE_PERMISSIONS));
    return entries.build();
  }

  /// What the server says that it is, which a variable of the task could say otherwise, and a place
  /// to write.
  private FileEntriesLayer build() throws IOException {
    Path file =
        Files.createDirectories(cache.resolve("build")).resolve(labels.build() + ".properties");
    String content = "version=%s\nrevision=%s\n".formatted(labels.version(), labels.abbreviated());
    // Another build may read it at this moment.
    try (WorkFolder work = WorkFolder.in(cache, "build")) {
      Path made = Files.writeString(work.path().resolve("build"), content);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return FileEntriesLayer.builder()
        .setName("build")
        .addEntry(file, AbsoluteUnixPath.get(Installation.BUILD))
        .addEntry(
            Files.createDirectories(cache.resolve("scratch")),
            SCRATCH,
            FilePermissions.fromOctalString("700"),
            CREATED,
            USER)
        .build();
  }
}
