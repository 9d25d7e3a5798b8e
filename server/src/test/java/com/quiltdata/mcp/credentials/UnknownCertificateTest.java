package com.quiltdata.mcp.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.StrangeServer;
import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.s3.S3Config;
import com.quiltdata.mcp.storage.s3.S3Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Somebody stands in for a service and has no certificate that anybody vouches for: nothing is
/// shown to them.
@Timeout(60)
final class UnknownCertificateTest {
  private static final AwsCredentialsProvider OWN =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("own-key", UsedSecrets.note("own-secret-of-the-process")));

  private final AwsServices services = new AwsServices(AwsLimits.defaults());
  @TempDir private Path folder;
  private StrangeServer server;

  @BeforeEach
  void start() {
    server = new StrangeServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// What refuses the server takes it for a failure; who trusts it is served.
  private void isRefused(ThrowingCallable call) throws IOException {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    assertThat(fault.text()).doesNotContain("localhost");
    assertThat(server.asked()).isEmpty();
    assertThat(server.trusted()).isEqualTo(204);
    assertThat(server.asked()).containsExactly("GET /trusted");
  }

  @Test
  void storageShowsNothing() throws IOException {
    S3Config config =
        new S3Config(Optional.of(server.address()), Optional.of("us-east-1"), Optional.empty());
    S3Storage storage = new S3Storage(config, services, Clock.systemUTC());
    isRefused(() -> storage.of(OWN).list(ListRequest.of(new BucketName("some-bucket"), "")));
  }

  @Test
  void rolesAreNotAskedFor() throws IOException {
    StsRoles roles =
        new StsRoles(
            new CredentialsConfig(
                Set.of(),
                Optional.of(Tokens.ROLE),
                false,
                Optional.of(server.address()),
                "us-east-1",
                Optional.empty()),
            services,
            OWN);
    RoleRequest request =
        new RoleRequest(
            Tokens.ROLE,
            false,
            SessionName.of("ada"),
            SessionPolicy.of(Tokens.reading(Tokens.plain("ada"), "team"), "aws"),
            Duration.ofMinutes(15));
    isRefused(() -> roles.assume(request));
  }

  @Test
  void tokensOfTheCatalogStayHere() throws IOException {
    URI elsewhere = URI.create("https://catalog.example.com");
    RegistryExchange exchange =
        new RegistryExchange(RegistryConfig.of(elsewhere, Optional.of(server.address())));
    isRefused(() -> exchange.exchange("t.o.k"));
  }
}
