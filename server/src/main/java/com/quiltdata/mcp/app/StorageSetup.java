package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.StorageSettings;
import com.quiltdata.mcp.storage.s3.S3Config;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where buckets are kept.
public sealed interface StorageSetup {
  /// In a folder of this host.
  ///
  /// @param path the folder whose sub-folders are the buckets
  record Folder(Path path) implements StorageSetup {}

  /// In the registry that ships with the server.
  ///
  /// @param cacheFolder where it is unpacked
  record Sample(Path cacheFolder) implements StorageSetup {}

  /// In S3.
  ///
  /// @param config how it is reached
  record S3(S3Config config) implements StorageSetup {}

  /// Binds the settings.
  static StorageSetup from(Settings settings, Mode mode, HostFolders host, Problems problems) {
    Optional<Path> root = settings.find(StorageSettings.LOCAL_ROOT);
    StorageSettings.Storage storage =
        settings
            .find(StorageSettings.STORAGE)
            .orElse(
                root.isPresent() || mode == Mode.LOCAL
                    ? StorageSettings.Storage.LOCAL
                    : StorageSettings.Storage.S3);
    return switch (storage) {
      case S3 -> s3(settings, root, problems);
      case LOCAL ->
          root.filter(path -> !path.equals(StorageSettings.SAMPLE))
              .map(path -> folder(path, problems))
              .orElseGet(() ->
                  new Sample(
                      settings
                          .find(StorageSettings.CACHE_FOLDER)
                          .orElseGet(() -> host.home().resolve(".cache").resolve("quilt-mcp"))));
    };
  }

  private static StorageSetup s3(Settings settings, Optional<Path> root, Problems problems) {
    if (root.isPresent()) {
      problems.error(
          "QUILT_STORAGE is s3, and QUILT_LOCAL_ROOT (--root) names a folder. Leave one of them out.");
    }
    return new S3(
        new S3Config(
            settings.find(StorageSettings.S3_ENDPOINT),
            settings.isSet(StorageSettings.REGION)
                ? settings.find(StorageSettings.REGION)
                : Optional.empty(),
            settings.find(StorageSettings.PROFILE)));
  }

  private static StorageSetup folder(Path path, Problems problems) {
    if (!Files.isDirectory(path)) {
      problems.error(
          "QUILT_LOCAL_ROOT (--root) is %s, which is no folder. Make it, with a sub-folder for each bucket."
              .formatted(path));
    }
    return new Folder(path);
  }
}
