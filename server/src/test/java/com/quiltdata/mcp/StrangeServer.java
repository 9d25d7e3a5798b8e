package com.quiltdata.mcp;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/// An HTTPS server with a certificate of its own making, for which nobody vouches.
public final class StrangeServer implements AutoCloseable {
  private final HttpsServer server;
  private final SSLContext context;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Starts one.
  ///
  /// @param folder an empty one, for its keys
  public StrangeServer(Path folder) {
    context = SelfSigned.in(folder).context();
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  /// Its address, with the name that its certificate holds.
  public URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort());
  }

  /// The requests that came through: none, unless somebody trusted it.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /// Asks it as somebody who trusts it.
  ///
  /// @return the status
  public int trusted() throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection) address().resolve("/trusted").toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
