package com.quiltdata.mcp.deploy.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A registry of images over HTTPS, with a certificate that nobody knows, which answers 401 to who
/// does not log in. It takes what it is sent, and keeps nothing but the names.
public final class FakeRegistry implements AutoCloseable {
  /// What was pushed, `REPOSITORY:TAG`.
  public final List<String> pushed = new CopyOnWriteArrayList<>();

  private static final Supplier<SSLContext> TLS = new Once();
  private static final String STORE = "for-this-test-alone";

  private final String wanted;
  private final HttpServer server;

  /// One that lets in whoever logs in so.
  public FakeRegistry(String user, String password) {
    wanted = "Basic " + basic(user, password);
    try {
      HttpsServer https =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      https.setHttpsConfigurator(new HttpsConfigurator(TLS.get()));
      server = https;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// The one that stands in for ECR: it takes the password that the fake of AWS gives.
  public static FakeRegistry ofEcr() {
    return new FakeRegistry("AWS", FakeEcr.PASSWORD);
  }

  /// User and password as HTTP and docker write them.
  public static String basic(String user, String password) {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /// Host and port.
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// One certificate for all, made when it is first needed.
  private static final class Once implements Supplier<SSLContext> {
    private @Nullable SSLContext made;

    @Override
    public synchronized SSLContext get() {
      SSLContext found = made;
      if (found == null) {
        found = tls();
        made = found;
      }
      return found;
    }
  }

  private static SSLContext tls() {
    try {
      Path folder = Files.createTempDirectory("registry");
      Path file = folder.resolve("keys.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "registry",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=127.0.0.1",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  STORE)
              .redirectErrorStream(true)
              .start();
      String told = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(told);
      }
      KeyStore keys = KeyStore.getInstance(file.toFile(), STORE.toCharArray());
      Files.delete(file);
      Files.delete(folder);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, STORE.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      int status = status(exchange);
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private int status(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"registry\"");
      return 401;
    }
    if (path.contains("/blobs/uploads/")) {
      exchange.getResponseHeaders().set("Location", path);
      return exchange.getRequestMethod().equals("PUT") ? 201 : 202;
    }
    if (exchange.getRequestMethod().equals("PUT")) {
      pushed.add(path.replaceFirst("/v2/(.+)/manifests/(.+)", "$1:$2"));
      return 201;
    }
    return path.equals("/v2/") ? 200 : 404;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
