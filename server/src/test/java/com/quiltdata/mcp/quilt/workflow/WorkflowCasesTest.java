package com.quiltdata.mcp.quilt.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The verdicts of the official client on pushes into a folder and into a bucket with versions.
final class WorkflowCasesTest {
  private static final BucketName FOLDER = new BucketName("registry-wf");
  private static final BucketName BUCKET = new BucketName("fx-workflows");
  private static final Map<String, Integer> SIZES =
      Map.of("README.md", 5, "d.txt", 3, "x/README.md", 4, "empty", 0);

  @TempDir private Path root;

  static Stream<Arguments> cases() {
    return QuiltFixtures.expected()
        .get("workflow_cases")
        .valueStream()
        .map(expected ->
            Arguments.of(
                expected.get("registry").stringValue(),
                expected.get("case").stringValue(),
                expected));
  }

  @ParameterizedTest(name = "[{index}] {0}: {1}")
  @MethodSource("cases")
  void decidesAsTheOfficialClientDoes(String registry, String name, JsonNode expected)
      throws IOException {
    boolean isFolder = registry.equals("local");
    Workflows workflows =
        isFolder
            ? new Workflows(folder(), FOLDER, _ -> true)
            : new Workflows(QuiltFixtures.store(), BUCKET, _ -> true);
    if (expected.get("ok").booleanValue()) {
      Optional<ObjectNode> member = workflows.check(choice(expected), submission(expected));
      assertThat(text(member.orElseThrow(), isFolder))
          .isEqualTo(text(expected.get("header_workflow"), false));
    } else {
      Fault fault =
          catchThrowableOfType(
              Fault.class, () -> workflows.check(choice(expected), submission(expected)));
      assertThat(fault).as(name).hasMessage(expected.get("error").stringValue());
      assertThat(fault.code()).isEqualTo(FaultCode.INVALID_ARGUMENT);
    }
  }

  private static WorkflowChoice choice(JsonNode expected) {
    JsonNode workflow = expected.get("workflow");
    if (workflow.isNull()) {
      return new WorkflowChoice.None();
    }
    return workflow.stringValue().equals("<default>")
        ? WorkflowChoice.DEFAULT
        : new WorkflowChoice.Named(workflow.stringValue());
  }

  private static Submission submission(JsonNode expected) {
    return new Submission(
        PackageName.parse(expected.get("name").stringValue()),
        expected.optional("message").filter(JsonNode::isString).map(JsonNode::stringValue),
        expected.optional("user_meta").filter(JsonNode::isObject).map(ObjectNode.class::cast),
        TestEntries.of(
            expected
                .get("files")
                .valueStream()
                .map(JsonNode::stringValue)
                .collect(Collectors.toMap(key -> key, SIZES::get))));
  }

  private String text(JsonNode member, boolean isFolder) {
    String text = member.toString();
    return isFolder ? text.replace(rootUrl(), placeholder()) : text;
  }

  private static String placeholder() {
    return QuiltFixtures.expected().get("placeholder_root").stringValue() + "local/";
  }

  private String rootUrl() {
    try {
      return "file://" + root.toRealPath() + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The registry in a folder of this host, its config pointing at the schemas there.
  private ObjectStore folder() throws IOException {
    for (Map.Entry<String, byte[]> file : QuiltFixtures.files().entrySet()) {
      String path = file.getKey();
      if (path.startsWith("local/registry-wf/.quilt/workflows/")
          || path.startsWith("local/registry-wf/schemas/")) {
        Path target = root.resolve(path.substring("local/".length()));
        Files.createDirectories(target.getParent());
        Files.writeString(
            target, new String(file.getValue(), UTF_8).replace(placeholder(), rootUrl()));
      }
    }
    return new LocalObjectStore(root);
  }

  @ParameterizedTest
  @MethodSource("choices")
  void wantsNoWorkflowNamedWhereThereIsNoConfig(WorkflowChoice choice, boolean isFine) {
    Workflows workflows =
        new Workflows(QuiltFixtures.store(), new BucketName("fx-plain"), _ -> true);
    Submission submission =
        new Submission(
            PackageName.parse("lab/x"),
            Optional.empty(),
            Optional.empty(),
            TestEntries.of(Map.of()));
    if (isFine) {
      assertThat(workflows.check(choice, submission)).isEmpty();
    } else {
      assertThat(
              catchThrowableOfType(Fault.class, () -> workflows.check(choice, submission)).text())
          .contains("s3://fx-plain has no workflows config");
    }
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of(WorkflowChoice.DEFAULT, true),
        Arguments.of(new WorkflowChoice.None(), false),
        Arguments.of(new WorkflowChoice.Named("x"), false));
  }
}
