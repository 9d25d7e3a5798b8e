package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.credentials.CallerCredentials;
import com.quiltdata.mcp.credentials.CredentialsConfig;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.s3.S3Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedStorageTest {
  private final ServedStorage s3 =
      ServedStorage.of(
          new StorageSetup.S3(S3Config.AMBIENT),
          new CallerCredentials(
              CredentialsConfig.none(),
              new AwsServices(AwsLimits.defaults()),
              Clock.systemUTC(),
              MemoryLimits.DEFAULT),
          new AwsServices(AwsLimits.defaults()),
          Clock.systemUTC());

  @Test
  void givesS3ToThePersonAtThisMachineOnly() {
    assertThat(s3.calls().of(Grant.least(new Caller.Local()))).isNotNull();
    Caller bearer =
        new Caller.Bearer(
            "user",
            "",
            Level.ADMIN,
            Set.of("*"),
            new BucketScope(Set.of(), true),
            Set.of(),
            "",
            Instant.MAX,
            TokenDigest.of("t"));
    for (Caller caller : List.of(bearer, new Caller.Anonymous())) {
      Fault fault = catchThrowableOfType(Fault.class, () -> s3.calls().of(Grant.least(caller)));
      assertThat(fault.code()).isEqualTo(FaultCode.NO_CREDENTIALS);
      assertThat(fault.text()).contains("MCP_DATA_ROLE_ARN");
    }
  }

  @Test
  void holdsABearerToTheClaimsInFoldersToo(@TempDir Path folder) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("foreign")).resolve("k"), "x");
    Files.createDirectory(folder.resolve("team"));
    ServedStorage local =
        ServedStorage.of(
            new StorageSetup.Folder(folder),
            new CallerCredentials(
                CredentialsConfig.none(),
                new AwsServices(AwsLimits.defaults()),
                Clock.systemUTC(),
                MemoryLimits.DEFAULT),
            new AwsServices(AwsLimits.defaults()),
            Clock.systemUTC());
    ObjectLocation foreign = ObjectLocation.of(new BucketName("foreign"), "k");
    assertThat(local.calls().of(Grant.least(Callers.LOCAL)).find(foreign)).isPresent();
    ObjectStore store = local.calls().of(Grant.least(Callers.bearer("team")));
    Fault fault = catchThrowableOfType(Fault.class, () -> store.find(foreign));
    assertThat(fault.code()).isEqualTo(FaultCode.FORBIDDEN_BUCKET);
    assertThat(store.buckets()).containsExactly(new BucketName("team"));
  }

  @Test
  void asksNobodyForProbesAndExamples() {
    assertThat(s3.checks()).isEmpty();
    assertThat(s3.example().get()).isEmpty();
    assertThat(s3.contents()).isEqualTo("Amazon S3");
  }
}
