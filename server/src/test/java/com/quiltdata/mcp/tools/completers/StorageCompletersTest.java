package com.quiltdata.mcp.tools.completers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.packages.TestPackages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageCompletersTest {
  private final InMemoryObjectStore memory = new InMemoryObjectStore();
  private final CountingObjectStore store = new CountingObjectStore(memory);
  private final TestPackages packages = new TestPackages(memory);
  private final StorageCompleters completers = new StorageCompleters(_ -> store);

  private static Completion complete(
      Completer completer, Caller caller, String typed, Map<String, String> chosen) {
    return completer.complete(new CompletionCall(caller, typed, chosen));
  }

  private static List<String> local(Completer completer, String typed, String... chosen) {
    return complete(
            completer,
            Callers.LOCAL,
            typed,
            chosen.length == 0 ? Map.of() : Map.of(chosen[0], chosen[1]))
        .values();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'team,team-two,zoo'",
    "team, 'team,team-two'",
    "s3, ''",
    "s3:, 's3://team,s3://team-two,s3://zoo'",
    "s3://team-, 's3://team-two'",
    "x, ''"
  })
  void proposesBucketsInTheFormInWhichTheyAreTyped(String typed, String expected) {
    memory.addBucket("zoo");
    memory.addBucket("team-two");
    assertThat(String.join(",", local(completers.buckets(), typed))).isEqualTo(expected);
  }

  @Test
  void proposesNothingOfBucketsThatTheTokenDoesNotCover() {
    packages.push("a/b", TestPackages.header(), List.of());
    memory.add("team", "folder/x", "x");
    Caller foreign = Callers.bearer("zoo");
    Map<String, String> chosen = Map.of("registry", "team", "package_name", "a/b");
    assertThat(complete(completers.buckets(), foreign, "", chosen).values()).isEmpty();
    int calls = store.calls().size();
    assertThat(complete(completers.packages("registry"), foreign, "", chosen))
        .isEqualTo(Completion.none());
    assertThat(complete(completers.revisions("registry", "package_name"), foreign, "", chosen))
        .isEqualTo(Completion.none());
    assertThat(complete(completers.folders("registry"), foreign, "", chosen))
        .isEqualTo(Completion.none());
    assertThat(store.calls()).hasSize(calls);
    Caller own = Callers.bearer("team");
    assertThat(complete(completers.buckets(), own, "", chosen).values()).containsExactly("team");
    assertThat(complete(completers.packages("registry"), own, "", chosen).values()).hasSize(1);
    assertThat(complete(completers.folders("registry"), own, "", chosen).values())
        .containsExactly("folder/");
  }

  @Test
  void proposesPackagesOfTheChosenRegistry() {
    for (String name : List.of("a/one", "a/two", "bee/one")) {
      packages.push(name, TestPackages.header(), List.of());
    }
    Completer completer = completers.packages("registry", "bucket");
    assertThat(local(completer, "", "registry", "s3://team"))
        .containsExactly("a/one", "a/two", "bee/one");
    assertThat(local(completer, "a/t", "bucket", "team")).containsExactly("a/two");
    assertThat(local(completer, "b", "registry", "team")).containsExactly("bee/one");
    assertThat(local(completer, "")).isEmpty();
    assertThat(local(completer, "", "registry", "")).isEmpty();
    assertThatThrownBy(() -> local(completer, "", "registry", "No Bucket"))
        .isInstanceOf(Fault.class);
  }

  @Test
  void proposesAHundredPackagesAndSaysThatThereAreMore() {
    for (int i = 0; i < 101; i++) {
      packages.point("a/%03d".formatted(i), "latest", "0".repeat(64));
    }
    Completion completion =
        complete(completers.packages("registry"), Callers.LOCAL, "", Map.of("registry", "team"));
    assertThat(completion.values()).hasSize(100).endsWith("a/099");
    assertThat(completion.hasMore()).isTrue();
    assertThat(completion.total()).isEmpty();
  }

  @Test
  void proposesTagsThenRevisionsTheNewestFirst() {
    String first = packages.push("a/b", TestPackages.header(), List.of());
    String second = packages.push("a/b", TestPackages.header(), List.of());
    packages.point("a/b", "approved", first);
    packages.point("a/b", "broken", "no hash");
    Completer completer = completers.revisions("registry", "package_name");
    Map<String, String> chosen = Map.of("registry", "team", "package_name", "a/b");
    Completion all = complete(completer, Callers.LOCAL, "", chosen);
    assertThat(all.values()).containsExactly("latest", "approved", second, first);
    assertThat(all.hasMore()).isFalse();
    assertThat(complete(completer, Callers.LOCAL, "ap", chosen).values())
        .containsExactly("approved");
    assertThat(complete(completer, Callers.LOCAL, second, chosen).values()).containsExactly(second);
    assertThat(local(completer, "", "registry", "team")).isEmpty();
  }

  @Test
  void readsTheNewestPointersOnlyWhenThereAreMany() {
    for (int i = 0; i < 300; i++) {
      packages.point("a/b", Integer.toString(1_600_000_000 + i), "%064x".formatted(i));
    }
    packages.point("a/b", "latest", "%064x".formatted(7));
    Completion completion =
        complete(
            completers.revisions("registry", "package_name"),
            Callers.LOCAL,
            "",
            Map.of("registry", "team", "package_name", "a/b"));
    assertThat(completion.values())
        .hasSize(100)
        .startsWith("latest", "%064x".formatted(299), "%064x".formatted(298))
        .doesNotContain("%064x".formatted(100));
    assertThat(completion.hasMore()).isTrue();
    assertThat(store.calls().stream().filter(call -> call.startsWith("open"))).hasSize(100);
  }

  @Test
  void proposesFoldersLevelByLevel() {
    for (String key : List.of("data/raw/x", "data/rare/x", "data/top.csv", "docs/x", "root.txt")) {
      memory.add("team", key, "x");
    }
    packages.push("a/b", TestPackages.header(), List.of());
    Completer completer = completers.folders("bucket");
    assertThat(local(completer, "", "bucket", "team")).containsExactly("data/", "docs/");
    assertThat(local(completer, "da", "bucket", "team")).containsExactly("data/");
    assertThat(local(completer, "data", "bucket", "team")).containsExactly("data/");
    assertThat(local(completer, "data/", "bucket", "team"))
        .containsExactly("data/rare/", "data/raw/");
    assertThat(local(completer, "data/raw/x", "bucket", "team")).isEmpty();
    assertThat(local(completer, ".q", "bucket", "team")).isEmpty();
    assertThat(local(completer, "")).isEmpty();
  }

  @Test
  void givesUpOnFoldersAmongVeryManyObjects() {
    for (int i = 0; i < 4_000; i++) {
      memory.add("team", "%04d".formatted(i), "");
    }
    memory.add("team", "zoo/x", "");
    Completion completion =
        complete(completers.folders("bucket"), Callers.LOCAL, "", Map.of("bucket", "team"));
    assertThat(completion.values()).isEmpty();
    assertThat(completion.hasMore()).isTrue();
    assertThat(store.calls()).hasSize(3);
  }
}
