package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.s3.S3Config;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServedStorageTest {
  private final ServedStorage s3 =
      ServedStorage.of(
          new StorageSetup.S3(S3Config.AMBIENT),
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
            "00000000");
    for (Caller caller : List.of(bearer, new Caller.Anonymous())) {
      Fault fault = catchThrowableOfType(Fault.class, () -> s3.calls().of(Grant.least(caller)));
      assertThat(fault.code()).isEqualTo(FaultCode.NO_CREDENTIALS);
      assertThat(fault.text()).contains("quilt-mcp stdio");
    }
  }

  @Test
  void asksNobodyForProbesAndExamples() {
    assertThat(s3.checks()).isEmpty();
    assertThat(s3.example().get()).isEmpty();
    assertThat(s3.contents()).isEqualTo("Amazon S3");
  }
}
