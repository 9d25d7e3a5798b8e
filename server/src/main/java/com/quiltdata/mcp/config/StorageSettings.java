package com.quiltdata.mcp.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Where buckets are kept, and how they are reached there.
public final class StorageSettings {
  /// Where buckets are kept.
  public enum Storage {
    /// Sub-folders of a local folder.
    LOCAL,
    /// Amazon S3.
    S3
  }

  public static final Setting<Storage> STORAGE =
      Setting.of(
          "QUILT_STORAGE",
          "Where buckets are kept; local when a folder is given or in local mode, else s3.",
          Readers.choice(Storage.class));

  public static final Setting<Path> LOCAL_ROOT =
      Setting.of(
              "QUILT_LOCAL_ROOT",
              "The folder whose sub-folders are the buckets; `sample` stands for the registry that ships with the server.",
              Readers.path())
          .withFlag("--root");

  /// What [#LOCAL_ROOT] holds for the registry that ships with the server.
  public static final Path SAMPLE = Path.of("sample");

  public static final Setting<Path> CACHE_FOLDER =
      Setting.of(
          "QUILT_MCP_CACHE",
          "Where the sample registry is unpacked; the user's cache folder by default.",
          Readers.path());

  public static final Setting<String> REGION =
      Setting.of(
              "AWS_REGION",
              "The AWS region; S3 tells where a bucket is if not there.",
              Readers.text())
          .alsoNamed("AWS_DEFAULT_REGION")
          .or("us-east-1");

  public static final Setting<String> PROFILE =
      Setting.of(
          "AWS_PROFILE",
          "The profile of the AWS configuration files that reaches S3; without one, the first credentials that the AWS SDK finds.",
          Readers.text());

  public static final Setting<URI> S3_ENDPOINT =
      Setting.of(
              "AWS_ENDPOINT_URL_S3",
              "The address of a service that stands in for Amazon S3; buckets are then named in the path.",
              Readers.address())
          .alsoNamed("AWS_ENDPOINT_URL");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Storage", List.of(STORAGE, LOCAL_ROOT, CACHE_FOLDER, REGION, PROFILE, S3_ENDPOINT));

  private StorageSettings() {}
}
