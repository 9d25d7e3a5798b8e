package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.SharedData;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.StorageArguments;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ParameterKind;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// No tool reaches a bucket that the caller's token does not cover, by whatever argument.
final class StorageScopeTest {
  static final List<ToolSpec> SPECS = OfferedTools.specs();

  private final InMemoryObjectStore memory = new InMemoryObjectStore();
  private final CountingObjectStore store = new CountingObjectStore(memory);
  private final ToolCatalog tools = OfferedTools.over(store).tools();

  StorageScopeTest() {
    memory.addBucket("team");
    memory.add("team", "k", "x");
    memory.addBucket("foreign");
    memory.add("foreign", "k", "x");
  }

  static Stream<ToolSpec> storageTools() {
    return SPECS.stream().filter(spec -> !storageParameters(spec).isEmpty());
  }

  private static List<String> storageParameters(ToolSpec spec) {
    return spec.parameters().stream()
        .flatMap(one -> Stream.concat(Stream.of(one.name()), one.aliases().stream()))
        .filter(StorageArguments.names()::contains)
        .toList();
  }

  /// Arguments with which the tool would run, in one bucket.
  private static ObjectNode arguments(ToolSpec spec, String bucket) {
    ObjectNode arguments = StrictJson.NODES.objectNode();
    for (Parameter parameter : spec.parameters()) {
      String name = parameter.name();
      if (StorageArguments.names().contains(name)) {
        put(arguments, parameter, name.startsWith("s3_uri") ? "s3://" + bucket + "/k" : bucket);
      } else if (name.endsWith("_name")) {
        arguments.put(name, "demo/tiny");
      } else if (parameter.kind() instanceof ParameterKind.Structures) {
        arguments.putArray(name).addObject().put("key", "k").put("text", "x");
      } else if (name.equals("query") || name.equals("tag") || name.equals("top_hash")) {
        arguments.put(name, "published");
      } else if (name.equals("confirm")) {
        arguments.put(name, true);
      }
    }
    return arguments;
  }

  /// Gives an argument its text, as a list where it is one.
  private static ObjectNode put(ObjectNode arguments, Parameter parameter, String text) {
    if (parameter.kind() instanceof ParameterKind.Texts) {
      arguments.putArray(parameter.name()).add(text);
    } else {
      arguments.put(parameter.name(), text);
    }
    return arguments;
  }

  private static Parameter parameter(ToolSpec spec, String name) {
    return spec.parameters().stream()
        .filter(one -> one.name().equals(name) || one.aliases().contains(name))
        .findAny()
        .orElseThrow();
  }

  private ToolResult call(ToolSpec spec, Caller caller, ObjectNode arguments) {
    ToolResult result =
        tools.call(spec.name(), caller, arguments, CallOutput.SILENT, "r", Input.NONE);
    return result instanceof ToolResult.Deferred(Job.Here(_, Job.Step step))
        ? step.run(Input.NONE, CallOutput.SILENT)
        : result;
  }

  private static String code(ToolResult result) {
    return switch (result) {
      case ToolResult.Failure failure -> failure.code().wire();
      case ToolResult.Success _, ToolResult.Blocks _, ToolResult.Asks _, ToolResult.Deferred _ ->
          "";
    };
  }

  @ParameterizedTest
  @MethodSource("storageTools")
  void refusesForeignBucketsBeforeItTouchesAnything(ToolSpec spec) {
    for (String argument : storageParameters(spec)) {
      for (String form : List.of("foreign", "s3://foreign", "s3://foreign/", "s3://foreign/k")) {
        boolean isUri = argument.startsWith("s3_uri");
        if (isUri != form.endsWith("/k")) {
          continue;
        }
        ObjectNode arguments = put(arguments(spec, "team"), parameter(spec, argument), form);
        ToolResult result = call(spec, Callers.bearer("team"), arguments);
        assertThat(code(result)).as("%s of %s", form, argument).isEqualTo("forbidden_bucket");
        assertThat(((ToolResult.Failure) result).error())
            .isEqualTo("Access denied to bucket foreign");
      }
    }
    assertThat(store.calls()).isEmpty();
    call(spec, Callers.bearer("foreign"), arguments(spec, "foreign"));
    call(spec, Callers.bearer("*"), arguments(spec, "foreign"));
    call(spec, Callers.LOCAL, arguments(spec, "foreign"));
    assertThat(store.calls()).allMatch(one -> one.contains("foreign"));
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void refusesCallersWithoutATokenOrItsRights(ToolSpec spec) {
    ObjectNode arguments = arguments(spec, "team");
    assertThat(code(call(spec, Callers.ANONYMOUS, arguments))).isEqualTo("not_authenticated");
    String withoutActions = code(call(spec, Callers.bearerOf(Set.of(), "team"), arguments));
    if (!spec.needs().actions().isEmpty()) {
      assertThat(withoutActions).isEqualTo("forbidden_action");
      assertThat(store.calls()).isEmpty();
    }
  }

  /// An argument that the check of buckets does not know must not lead to one either.
  @ParameterizedTest
  @FieldSource("SPECS")
  void reachesNoBucketByOtherArguments(ToolSpec spec) {
    for (Parameter parameter : spec.parameters()) {
      if (parameter.kind() instanceof ParameterKind.Text
          && !StorageArguments.names().contains(parameter.name())) {
        for (String form : List.of("foreign", "s3://foreign", "s3://foreign/k", "foreign/k")) {
          ObjectNode arguments = arguments(spec, "team").put(parameter.name(), form);
          call(spec, Callers.bearer("team"), arguments);
        }
      }
    }
    assertThat(store.calls()).noneMatch(one -> one.contains(" s3://foreign"));
  }

  @Test
  void refusesLookAlikesOfGrantedBuckets() throws IOException {
    JsonNode cases =
        QuiltFixtures.json(
                Files.readString(SharedData.path("fixtures/security/s3/bucket-scope.json")))
            .get("cases");
    int denied = 0;
    for (JsonNode one : cases) {
      if (!one.get("granted").isArray() || !one.get("expect").stringValue().equals("deny")) {
        continue;
      }
      List<String> granted = new ArrayList<>();
      one.get("granted").forEach(name -> granted.add(name.asString("")));
      for (ToolSpec spec : storageTools().toList()) {
        for (String argument : storageParameters(spec)) {
          if (!argument.startsWith("s3_uri")) {
            ObjectNode arguments = arguments(spec, "team");
            arguments.set(argument, one.get("asked"));
            Caller caller = Callers.bearer(granted.toArray(String[]::new));
            assertThat(code(call(spec, caller, arguments))).as("%s", one).isNotEmpty();
            denied++;
          }
        }
      }
    }
    assertThat(denied).isPositive();
    assertThat(store.calls()).isEmpty();
  }

  /// What looks like the granted bucket `team`, or hides another one, where a bucket is named.
  private static final List<String> NAMES =
      List.of(
          "team-private",
          "tea",
          "Team",
          "TEAM",
          "team ",
          " team",
          "team.",
          ".team",
          "team..x",
          "team/..",
          "team/../foreign",
          "t\u0435am",
          "team\u0000",
          "team\n",
          "team\u200b",
          "*",
          "t*",
          "team,foreign",
          "arn:aws:s3:::team",
          "arn:aws:s3:::foreign",
          "team-s3alias",
          "s3://team/../foreign",
          "s3://team/foreign",
          "s3://foreign/team",
          "s3://team@foreign",
          "s3://foreign?team",
          "s3://foreign#team",
          "s3://team:443",
          "s3://team%2fforeign",
          "S3://team",
          "s3:/team",
          "s3:///team",
          "https://team.s3.amazonaws.com",
          "file:///team",
          "//team",
          "s3://s3://team",
          "xn--team",
          "192.168.0.1");

  /// The same where an object is named.
  private static final List<String> URIS =
      List.of(
          "s3://foreign/team/k",
          "s3://team.foreign/k",
          "s3://foreign.team/k",
          "s3://Team/k",
          "S3://team/k",
          "s3:/team/k",
          "s3:///team/k",
          "s3:////team/k",
          "s3://team:443/k",
          "s3://user@team/k",
          "s3://team@foreign/k",
          "s3://foreign@team/k",
          "s3://team%2fforeign/k",
          "s3://team%00/k",
          "s3://team\\foreign/k",
          "s3://team#foreign/k",
          "s3://team?x/k",
          "s3://t\u0435am/k",
          "s3://team\u0000/k",
          "s3://team /k",
          "s3:// team/k",
          "s3://team\t/k",
          "s3://team\n/k",
          "s3://*/k",
          "s3://t*/k",
          "s3://arn:aws:s3:::team/k",
          "arn:aws:s3:::team/k",
          "https://team.s3.amazonaws.com/k",
          "file:///team/k",
          "//team/k",
          "team/k",
          "s3://192.168.0.1/k",
          "s3://team-s3alias/k",
          "s3://xn--team/k",
          "s3://team.mrap/k",
          "s3://team--ol-s3/k",
          "s3://../team/k",
          "s3://foreign/../team/k",
          "s3://team/k?versionId=1&versionId=2",
          "s3://team/k?versionId=");

  @ParameterizedTest
  @MethodSource("storageTools")
  void refusesEveryTrickInEveryArgumentThatNamesStorage(ToolSpec spec) {
    assertThat(NAMES).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    assertThat(URIS).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    for (String argument : storageParameters(spec)) {
      for (String trick : argument.startsWith("s3_uri") ? URIS : NAMES) {
        ObjectNode arguments = put(arguments(spec, "team"), parameter(spec, argument), trick);
        if (!parameter(spec, argument).name().equals(argument)) {
          arguments = renamed(arguments, parameter(spec, argument).name(), argument);
        }
        ToolResult result = call(spec, Callers.bearer("team"), arguments);
        assertThat(code(result))
            .as("%s as %s", trick, argument)
            .isIn("forbidden_bucket", "invalid_bucket", "invalid_s3_uri");
      }
    }
    assertThat(store.calls()).isEmpty();
  }

  /// The same under an older name of an argument.
  private static ObjectNode renamed(ObjectNode arguments, String name, String older) {
    ObjectNode renamed = arguments.deepCopy();
    renamed.set(older, renamed.remove(name));
    return renamed;
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void answersNaughtyTextsWithAResult(ToolSpec spec) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String file : List.of("strings/naughty", "strings/crlf", "paths/traversal")) {
      QuiltFixtures.json(
              Files.readString(SharedData.path("fixtures/security/%s.json".formatted(file))))
          .forEach(text -> texts.add(text.stringValue()));
    }
    for (Parameter parameter : spec.parameters()) {
      if (parameter.kind() instanceof ParameterKind.Text) {
        for (String text : texts) {
          ObjectNode arguments = arguments(spec, "team").put(parameter.name(), text);
          assertThat(call(spec, Callers.bearer("team"), arguments)).isNotNull();
          assertThat(call(spec, Callers.LOCAL, arguments)).isNotNull();
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(300);
    if (spec.hints().isReadOnly()) {
      assertThat(store.writes()).isZero();
    }
  }
}
