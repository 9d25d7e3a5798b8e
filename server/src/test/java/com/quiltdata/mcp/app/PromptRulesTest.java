package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.GoldenFile;
import com.quiltdata.mcp.SharedData;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.StorageArguments;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.prompts.PromptBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What holds for all prompts, those to come included.
final class PromptRulesTest {
  static final List<PromptSpec> SPECS =
      OfferedTools.over(new InMemoryObjectStore()).prompts().visibleTo(Callers.LOCAL);

  private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*");
  private static final Pattern NAMES_STORAGE =
      Pattern.compile("bucket|registry|registries|s3|uri|url|location|arn|catalog$");

  /// Good values in the store of [PromptBench#lab].
  private static final Map<String, String> GOOD =
      Map.of(
          "bucket", "team",
          "registry", "team",
          "package_name", "team/cells",
          "prefix", "data/",
          "question", "Which cells?");

  private final CountingObjectStore store = new CountingObjectStore(lab());
  private final PromptCatalog prompts = OfferedTools.over(store).prompts();

  private static InMemoryObjectStore lab() {
    InMemoryObjectStore store = PromptBench.lab();
    store.addBucket("foreign");
    store.add("foreign", "data/secret", "x");
    return store;
  }

  private static Map<String, String> good(PromptSpec spec) {
    Map<String, String> arguments = new HashMap<>();
    for (PromptArgument argument : spec.arguments()) {
      if (GOOD.containsKey(argument.name())) {
        arguments.put(argument.name(), GOOD.get(argument.name()));
      }
    }
    return arguments;
  }

  private static List<String> storageArguments(PromptSpec spec) {
    return spec.arguments().stream()
        .map(PromptArgument::name)
        .filter(StorageArguments.names()::contains)
        .toList();
  }

  private FaultCode refusal(PromptSpec spec, Caller caller, Map<String, String> arguments) {
    try {
      prompts.get(spec.name(), caller, arguments, "r", Input.NONE);
    } catch (Fault fault) {
      return fault.code();
    }
    throw new AssertionError(spec.name() + " was given with " + arguments);
  }

  @Test
  void thereArePrompts() {
    assertThat(SPECS)
        .extracting(PromptSpec::name)
        .containsExactly(
            "check_package",
            "compare_revisions",
            "create_package_from_prefix",
            "document_package",
            "explore_bucket",
            "find_data");
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void introducesItself(PromptSpec spec) {
    assertThat(spec.name()).matches(SNAKE);
    assertThat(spec.title()).hasSizeLessThanOrEqualTo(60);
    assertThat(spec.description()).endsWith(".").hasSizeLessThanOrEqualTo(200);
    for (PromptArgument argument : spec.arguments()) {
      assertThat(argument.name()).matches(SNAKE);
      assertThat(argument.title()).isNotBlank();
      assertThat(argument.description()).isNotBlank();
    }
    assertThat(spec.toJson().toString().chars()).allMatch(c -> c >= ' ' && c <= '~');
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void namesStorageInArgumentsThatAreChecked(PromptSpec spec) {
    spec.arguments().stream()
        .map(PromptArgument::name)
        .filter(name -> NAMES_STORAGE.matcher(name).find())
        .forEach(name -> assertThat(StorageArguments.names()).contains(name));
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void isGivenToThoseWhoMayHaveIt(PromptSpec spec) {
    Map<String, String> arguments = good(spec);
    assertThat(prompts.get(spec.name(), Callers.bearer("team"), arguments, "r", Input.NONE))
        .isNotNull();
    assertThat(refusal(spec, Callers.ANONYMOUS, arguments)).isEqualTo(FaultCode.NOT_AUTHENTICATED);
    assertThat(refusal(spec, Callers.bearerOf(Set.of(), "team"), arguments))
        .isEqualTo(FaultCode.FORBIDDEN_ACTION);
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void refusesForeignBucketsBeforeItTouchesAnything(PromptSpec spec) {
    assertThat(storageArguments(spec)).isNotEmpty();
    for (String argument : storageArguments(spec)) {
      for (String form : List.of("foreign", "s3://foreign", "s3://foreign/")) {
        Map<String, String> arguments = good(spec);
        arguments.put(argument, form);
        assertThat(refusal(spec, Callers.bearer("team"), arguments))
            .isEqualTo(FaultCode.FORBIDDEN_BUCKET);
      }
    }
    assertThat(store.calls()).isEmpty();
  }

  /// An argument that the check of buckets does not know must not lead to one either.
  @ParameterizedTest
  @FieldSource("SPECS")
  void reachesNoBucketByOtherArguments(PromptSpec spec) throws IOException {
    List<String> texts =
        new ArrayList<>(List.of("foreign", "s3://foreign", "s3://foreign/k", "../foreign/"));
    for (String file : List.of("strings/naughty", "strings/crlf", "paths/traversal")) {
      QuiltFixtures.json(
              Files.readString(SharedData.path("fixtures/security/%s.json".formatted(file))))
          .forEach(text -> texts.add(text.stringValue()));
    }
    for (PromptArgument argument : spec.arguments()) {
      for (String text : texts) {
        Map<String, String> arguments = good(spec);
        arguments.put(argument.name(), text);
        try {
          prompts.get(spec.name(), Callers.bearer("team"), arguments, "r", Input.NONE);
        } catch (Fault fault) {
          assertThat(fault.code()).isNotEqualTo(FaultCode.INTERNAL);
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(300);
    assertThat(store.calls()).noneMatch(one -> one.contains(" s3://foreign"));
    assertThat(store.writes()).isZero();
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void proposesValuesOfTheCallersBucketsOnly(PromptSpec spec) {
    for (PromptArgument argument : spec.arguments()) {
      Map<String, String> chosen = good(spec);
      chosen.remove(argument.name());
      CompletionCall call = new CompletionCall(Callers.bearer("team"), "", chosen);
      List<String> values = prompts.complete(spec.name(), argument.name(), call).values();
      assertThat(values).doesNotContain("foreign");
      assertThat(values.isEmpty())
          .as("%s of %s", argument.name(), spec.name())
          .isEqualTo(argument.completer().isEmpty());
    }
    store.calls().forEach(one -> assertThat(one).doesNotContain("foreign"));
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void isPublishedAsReviewed(PromptSpec spec) {
    GoldenFile.ofResource("prompts/%s.json".formatted(spec.name()))
        .matches(spec.toJson().toPrettyString().replace("\r\n", "\n") + "\n");
  }

  @ParameterizedTest
  @FieldSource("SPECS")
  void saysWhatWasReviewed(PromptSpec spec) {
    PromptBench bench = new PromptBench(PromptBench.lab());
    String[] arguments =
        good(spec).entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .toArray(String[]::new);
    GoldenFile.ofResource("prompts/%s.txt".formatted(spec.name()))
        .matches(bench.get(Callers.bearer("team"), spec.name(), arguments).whole());
  }

  @Test
  void leavesNoGoldenFileBehind() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/prompts"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              SPECS.stream()
                  .flatMap(spec -> Stream.of(spec.name() + ".json", spec.name() + ".txt"))
                  .toList());
    }
  }

  @Test
  void areDescribedInTheDocuments() {
    GoldenFile.ofProject("docs/prompts.md").matches(PromptsPage.of(SPECS));
  }
}
