package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.json.Json;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.node.ObjectNode;

/// Command lines as a shell gives them, to the fake of AWS, in virtual time. Members are for the
/// test.
final class CommandBench implements AfterEachCallback {
  static final String OLD = "sha256:" + "0".repeat(64);
  static final String NEW = "sha256:" + "1".repeat(64);

  final FakeAws fake = new FakeAws();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final Map<String, String> variables = new TreeMap<>();
  Person person = Person.NONE;

  CommandBench() {
    System.setProperty("aws.accessKeyId", "story");
    System.setProperty("aws.secretAccessKey", "story-story-story");
    variables.put("AWS_ENDPOINT_URL", fake.uri().toString());
  }

  /// Runs one; what the one before printed is gone.
  ///
  /// @param folder where
  /// @return the exit code
  int run(Path folder, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return DeployCli.run(
        args,
        new Surroundings(
            variables,
            folder,
            new PrintWriter(out),
            new PrintWriter(err),
            Terminal.NONE,
            person,
            fake.pace,
            new Random(1)));
  }

  /// Somebody types it.
  void typed(String line) {
    person = Person.typing(new BufferedReader(new StringReader(line)));
  }

  /// What was printed.
  ObjectNode json() {
    return Json.readObject(out.toString());
  }

  /// Registers what version 1.0.0 runs.
  ///
  /// @return its ARN
  String second() {
    String arn = fake.service.taskDefinition.replace(":1", ":2");
    fake.definitions.put(
        arn,
        Json.readObject(
            Json.text(fake.definitions.get(fake.service.taskDefinition))
                .replace("0.9.0", "1.0.0")
                .replace(OLD, NEW)));
    return arn;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fake.close();
  }
}
