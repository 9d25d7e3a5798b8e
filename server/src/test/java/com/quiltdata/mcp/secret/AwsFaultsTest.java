package com.quiltdata.mcp.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A parameter store that is not well: one try each, a fault that names the parameter and nothing
/// of the answer.
final class AwsFaultsTest {
  @BeforeEach
  void giveCredentials() {
    System.setProperty("aws.accessKeyId", "any-key");
    System.setProperty("aws.secretAccessKey", UsedSecrets.named("any"));
  }

  @AfterEach
  void takeCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private static Fault fault(URI endpoint) {
    return catchThrowableOfType(
        Fault.class,
        () ->
            new AwsSecrets(
                    new AwsServices(AwsLimits.defaults()), Optional.empty(), Optional.of(endpoint))
                .open(
                    SecretPlace.of("/quilt/jwt", "eu-west-1"),
                    Duration.ofDays(1),
                    InstantSource.system())
                .read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"__type":"AccessDeniedException","Message":"arn:aws:iam::123456789012:role/x"} | AccessDeniedException
          400 | {"__type":"ThrottlingException","Message":"slow"}                               | ThrottlingException
          400 | {"__type":"ExpiredTokenException","Message":"old"}                              | ExpiredTokenException
          500 | {"__type":"InternalServerError"}                                                | InternalServerError
          503 | <html>123456789012</html>                                                       | with status 503
          200 | <html>123456789012</html>                                                       | AWS does not answer
          200 | {"Parameter":{"Value":7,                                                        | AWS does not answer
          200 | {}                                                                              | AWS does not answer
          """)
  void tellsTheCodeAndNothingElse(int status, String body, String told) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      Fault fault = fault(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text())
          .startsWith("The SSM parameter /quilt/jwt in eu-west-1 cannot be read: ")
          .contains(told)
          .doesNotContain("123456789012");
      assertThat(requests).hasValue(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(fault(URI.create("http://127.0.0.1:" + port)).code())
        .isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
  }

  @Test
  @Timeout(20)
  void silenceEndsAfterSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(fault(URI.create("http://127.0.0.1:" + silent.getLocalPort())).code())
          .isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    }
  }
}
