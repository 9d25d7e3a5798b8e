package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// What the launcher runs once, so that the cache of classes has what commands need: the help, and
/// a status of a service that is made up.
final class Rehearsal {
  private static final byte[] ANSWER =
      """
      {"services": [{"serviceName": "s", "status": "ACTIVE", "desiredCount": 1, "runningCount": 1,
        "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/s:1",
        "deployments": [{"id": "d", "status": "PRIMARY", "createdAt": 1.5, "rolloutState": "COMPLETED",
          "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/s:1"}],
        "events": [{"id": "e", "createdAt": 1.5, "message": "steady"}]}], "failures": []}
      """
          .getBytes(StandardCharsets.UTF_8);

  private Rehearsal() {}

  /// Shows both; credentials come from the environment.
  public static void main(String[] args) throws IOException {
    HttpServer aws =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
          }
        });
    aws.start();
    Surroundings here = Surroundings.ofProcess();
    DeployCli.run(new String[] {"--help"}, here);
    String url = "http://127.0.0.1:" + aws.getAddress().getPort();
    System.exit(DeployCli.run(new String[] {"status", "--endpoint-url", url}, here));
  }
}
