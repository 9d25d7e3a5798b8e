package com.quiltdata.mcp.bench;

import com.quiltdata.mcp.storage.s3.ListedPage;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// An S3 that answers every request with the same full page of a listing, at once; `/requests`
/// tells how often it was asked. Started by `bench/s3-list`.
final class ListingServer {
  private ListingServer() {}

  public static void main(String[] args) throws IOException {
    byte[] page = ListedPage.ofThousand();
    AtomicLong requests = new AtomicLong();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", "application/xml");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.createContext(
        "/requests",
        exchange -> {
          byte[] count = requests.toString().getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, count.length);
          exchange.getResponseBody().write(count);
          exchange.close();
        });
    server.start();
  }
}
