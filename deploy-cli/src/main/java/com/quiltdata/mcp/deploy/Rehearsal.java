package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.command.DeployCli;
import com.quiltdata.mcp.deploy.command.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// What the launcher runs once, so that the cache of classes has what commands need: the help, and
/// a status of a service that is made up.
final class Rehearsal {
  private static final String ANSWER =
      """
      {"services": [{"serviceName": "s", "status": "ACTIVE", "desiredCount": 1, "runningCount": 1,
        "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/s:1",
        "deployments": [{"id": "d", "status": "PRIMARY", "createdAt": 1.5, "rolloutState": "COMPLETED",
          "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/s:1"}],
        "events": [{"id": "e", "createdAt": 1.5, "message": "steady"}]}], "failures": []}
      """;

  private Rehearsal() {}

  /// Shows both; credentials come from the environment.
  public static void main(String[] args) throws IOException {
    Surroundings here = Surroundings.ofProcess();
    DeployCli.run(new String[] {"--help"}, here);
    try (ServerSocket aws = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answer(aws));
      String url = "http://127.0.0.1:" + aws.getLocalPort();
      Main.main(new String[] {"status", "--endpoint-url", url});
    }
  }

  /// One request. A server of the JDK would leave its classes in the cache.
  private static void answer(ServerSocket aws) {
    try (Socket caller = aws.accept()) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
        line = request.readLine();
      }
      String answer =
          "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(ANSWER.length(), ANSWER);
      caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      caller.getOutputStream().flush();
      // What is left of the request; to close before would reset the connection.
      while (request.read() >= 0) {}
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
