package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose certificate nobody vouches for.
@Timeout(60)
final class CertificateTest {
  private static final char[] PASSWORD = "only-for-tests".toCharArray();

  @TempDir private Path folder;

  @Test
  void isToldAtOnceAndShownNoToken()
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.start();
    String url = "https://localhost:%d/mcp".formatted(server.getAddress().getPort());
    Patience patience =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(50));
    ProxyConfig config =
        ProxiedClient.config(
            url, TokenSource.ofVariable("V", "a-token"), patience, Duration.ofSeconds(30));
    long start = System.nanoTime();
    try (ProxiedClient client = ProxiedClient.of(config)) {
      assertThat(
              client
                  .send(modern("1", "prompts/get", "{\"name\":\"x\"}"))
                  .hear()
                  .path("error")
                  .path("message")
                  .asString())
          .contains("The certificate of " + url, "trustStore");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience.first());
    } finally {
      server.stop(0);
    }
  }

  private SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                String.valueOf(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
