package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.credentials.CallerCredentials;
import com.quiltdata.mcp.credentials.RoleArn;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.sample.SampleRegistry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.storage.s3.S3Storage;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.access.AwsRights;
import io.helidon.health.HealthCheck;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The storage that this process serves.
///
/// @param calls who gets which store
/// @param rights with which they reach it in AWS
/// @param checks what a probe asks; never another service
/// @param contents in words
/// @param example a bucket, where naming one asks nobody
record ServedStorage(
    CallStorage calls,
    AwsRights.Lookup rights,
    List<HealthCheck> checks,
    String contents,
    Supplier<Optional<String>> example) {
  /// Holds whoever brings a token to its claims, whatever the storage.
  ServedStorage {
    calls = calls.withinClaims();
  }

  /// Makes it. S3 is neither reached nor looked for yet.
  ///
  /// @param credentials whose rights reach S3
  /// @param services keep the limits of all AWS services
  /// @throws InvalidSettingsException when the sample registry cannot be unpacked
  static ServedStorage of(
      StorageSetup setup,
      CallerCredentials credentials,
      AwsServices services,
      InstantSource clock) {
    return switch (setup) {
      case StorageSetup.Folder(Path path) -> folder(path, "the folders of " + path);
      case StorageSetup.Sample(Path cacheFolder) ->
          folder(sample(cacheFolder), "the sample registry");
      case StorageSetup.S3 s3 -> s3(s3, credentials, services, clock);
    };
  }

  private static ServedStorage folder(Path root, String contents) {
    ObjectStore store = new LocalObjectStore(root);
    return new ServedStorage(
        _ -> store,
        _ -> new AwsRights.NotNeeded(),
        List.of(new StorageCheck(root)),
        contents,
        () -> store.buckets().stream().findFirst().map(BucketName::value));
  }

  private static Path sample(Path cacheFolder) {
    try {
      return new SampleRegistry().materialise(cacheFolder);
    } catch (Fault _) {
      throw new InvalidSettingsException(
          List.of(
              "QUILT_MCP_CACHE: the sample registry cannot be unpacked in %s. Name a folder that this user can write, or serve a folder of your own with QUILT_LOCAL_ROOT (--root)."
                  .formatted(cacheFolder)));
    }
  }

  private static ServedStorage s3(
      StorageSetup.S3 setup,
      CallerCredentials credentials,
      AwsServices services,
      InstantSource clock) {
    S3Storage storage = new S3Storage(setup.config(), services, clock);
    String place = setup.config().endpoint().map(uri -> "S3 at " + uri).orElse("Amazon S3");
    return new ServedStorage(
        grant -> storage.of(credentials.of(grant)),
        caller -> rights(credentials, caller),
        List.of(),
        setup.config().profile().map(name -> place + " with AWS profile " + name).orElse(place),
        Optional::empty);
  }

  private static AwsRights rights(CallerCredentials credentials, Caller caller) {
    try {
      return new AwsRights.Found(
          credentials.source(caller).wire(), credentials.role(caller).map(RoleArn::value));
    } catch (Fault fault) {
      return new AwsRights.Refused(fault);
    }
  }
}
