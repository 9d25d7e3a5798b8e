package com.quiltdata.mcp.deploy.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Enough of S3 for a training: every bucket lists one object, and no object can be read.
final class TrainingBuckets implements AutoCloseable {
  private static final String LISTING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>training</Name>\
      <KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents>\
      <Key>a/b.csv</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>\
      <ETag>"0123456789abcdef0123456789abcdef"</ETag><Size>3</Size>\
      <StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>\
      """;
  private static final String MISSING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>\
      """;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;

  private TrainingBuckets(HttpServer server) {
    this.server = server;
  }

  /// Opens it on a free port of this machine.
  static TrainingBuckets open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainingBuckets::answer);
    server.start();
    return new TrainingBuckets(server);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String query = exchange.getRequestURI().getRawQuery();
      boolean isListing = query != null && query.contains("list-type=2");
      byte[] body = (isListing ? LISTING : MISSING).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(isListing ? OK : NOT_FOUND, isHead ? -1 : body.length);
      if (!isHead) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
