package com.quiltdata.mcp.bench;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.InetAddress;
import java.util.Arrays;

/// The least that an HTTP server of the same library can do: reads the body, sends constant bytes
/// of the length that the path names. No filter, no guard, no token, no JSON.
///
/// Started by `bench/throughput`; the server's own figures are ratios to this one's.
final class FloorServer {
  private FloorServer() {}

  public static void main(String[] args) {
    WebServer.builder()
        .address(InetAddress.getLoopbackAddress())
        .port(Integer.parseInt(args[0]))
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            Http1ConnectionSelector.builder().config(Http1Config.create()).build())
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .routing(routing -> {
          for (int i = 1; i < args.length; i++) {
            byte[] bytes = new byte[Integer.parseInt(args[i])];
            Arrays.fill(bytes, (byte) 'x');
            routing.post(
                "/" + bytes.length,
                (request, response) -> {
                  request.content().as(byte[].class);
                  response.header(HeaderNames.CONTENT_TYPE, "application/json").send(bytes);
                });
          }
        })
        .build()
        .start();
  }
}
