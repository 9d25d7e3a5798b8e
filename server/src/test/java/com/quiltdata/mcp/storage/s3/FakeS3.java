package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.aws.RetryLimits;
import com.quiltdata.mcp.upstream.BreakerLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// An HTTP server that answers as a test tells it, well or badly, and counts what it was asked.
final class FakeS3 implements AutoCloseable {
  /// Short enough for tests, long enough for a slow machine.
  static final AwsDeadlines SHORT =
      new AwsDeadlines(
          Duration.ofSeconds(1),
          Duration.ofMillis(900),
          Duration.ofMillis(500),
          Duration.ofSeconds(4));

  /// The documented limits, but for [#SHORT].
  static final AwsLimits LIMITS = limits(SHORT, BreakerLimits.defaults());

  /// A request.
  ///
  /// @param line method and target
  /// @param headers lower-case names
  /// @param body all of it
  record Asked(String line, Map<String, String> headers, byte[] body) {
    boolean is(String start) {
      return line.startsWith(start);
    }
  }

  /// How a request is answered.
  interface Answer {
    /// Answers, or does not.
    ///
    /// @param asked the request
    /// @param out the connection; it stays open when this returns true
    boolean to(Asked asked, Connection out) throws IOException;
  }

  private final ServerSocket server;
  private final Answer answer;
  private final boolean isDeaf;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  FakeS3(Answer answer) {
    this(answer, false);
  }

  /// One that lets bodies come and never takes them.
  static FakeS3 deaf() {
    return new FakeS3((_, _) -> true, true);
  }

  private FakeS3(Answer answer, boolean isDeaf) {
    this.answer = answer;
    this.isDeaf = isDeaf;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Connections that clients keep open.
  int connections() {
    return open.size();
  }

  /// All requests so far.
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  S3ObjectStore store() {
    return store(S3Server.ANY);
  }

  S3ObjectStore store(AwsCredentialsProvider credentials) {
    return store(new AwsServices(LIMITS), credentials);
  }

  /// A store that waits as long as that of the program.
  S3ObjectStore patientStore() {
    return store(new AwsServices(AwsLimits.defaults()), S3Server.ANY);
  }

  static AwsLimits limits(AwsDeadlines deadlines, BreakerLimits breaker) {
    return new AwsLimits(deadlines, RetryLimits.defaults(), 50, 10, breaker);
  }

  S3ObjectStore store(AwsServices services, AwsCredentialsProvider credentials) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
    S3Clients clients =
        new S3Clients(
            new S3Config(Optional.of(endpoint), Optional.of("us-east-1"), Optional.empty()),
            services);
    return new S3ObjectStore(new Conversation(clients, credentials), Clock.systemUTC());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection = new Connection(socket, isDeaf);
      for (Optional<Asked> next = connection.read(); next.isPresent(); next = connection.read()) {
        asked.add(next.get());
        if (!answer.to(next.get(), connection)) {
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // The client is gone.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One connection of a client.
  static final class Connection {
    private final Socket socket;
    private final boolean isDeaf;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, boolean isDeaf) throws IOException {
      this.socket = socket;
      this.isDeaf = isDeaf;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    private Optional<Asked> read() throws IOException, InterruptedException {
      String line = line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> headers = new HashMap<>();
      for (String header = line(); !header.isEmpty(); header = line()) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      if (headers.containsKey("expect")) {
        write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      if (isDeaf) {
        new CountDownLatch(1).await();
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      return Optional.of(new Asked(line, headers, in.readNBytes(length)));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
    }

    /// A whole answer.
    boolean send(int status, String type, byte[] body, String... headers) throws IOException {
      head(status, type, body.length, headers);
      out.write(body);
      out.flush();
      return true;
    }

    /// The beginning of an answer.
    void head(int status, String type, int length, String... headers) throws IOException {
      write(
          "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
              .formatted(status, type, length, String.join("", headers)));
    }

    /// A refusal as S3 makes it.
    boolean refuse(int status, String code) throws IOException {
      String xml =
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>arn:aws:iam::123456789012:user/x at host-1.internal</Message></Error>"
              .formatted(code);
      return send(status, "application/xml", xml.getBytes(UTF_8));
    }

    /// Says nothing more.
    boolean keepSilent() {
      return Outage.silence();
    }

    /// Sends a text byte by byte, and blanks for ever after.
    boolean trickle(String text) throws IOException {
      for (byte one : text.getBytes(ISO_8859_1)) {
        out.write(one);
        out.flush();
        Outage.pause(Duration.ofMillis(100));
      }
      while (true) {
        out.write(' ');
        out.flush();
        Outage.pause(Duration.ofMillis(100));
      }
    }

    /// Ends the connection as a crash does.
    boolean reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
      return false;
    }
  }
}
