package com.quiltdata.mcp.tools.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PackageValidateToolTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void addPackage() {
    store.addBucket("team");
    store.addBucket("source");
    store.add("team", "a.txt", "one");
    store.add("source", "b.txt", "two");
    bench
        .local(
            "package_create",
            "package_name",
            "lab/data",
            "registry",
            "team",
            "s3_uris",
            List.of("s3://team/a.txt", "s3://source/b.txt"))
        .succeeds();
  }

  private Answer validate(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("package_name", "lab/data", "registry", "team"));
    arguments.addAll(List.of(more));
    return bench.local("package_validate", arguments.toArray()).succeeds();
  }

  private static List<String> codes(Answer answer) {
    return answer
        .get("findings")
        .valueStream()
        .map(finding -> finding.get("code").stringValue())
        .toList();
  }

  @Test
  void findsNothingInAPackageThatIsWhole() {
    Answer answer = validate("check_integrity", true);
    assertThat(answer.names())
        .containsExactly(
            "success",
            "package_name",
            "registry",
            "top_hash",
            "valid",
            "checked",
            "total_entries",
            "total_size",
            "counts",
            "message",
            "auth_type",
            "findings");
    assertThat(answer.get("valid").booleanValue()).isTrue();
    assertThat(answer.get("total_entries").intValue()).isEqualTo(2);
    assertThat(answer.get("total_size").intValue()).isEqualTo(6);
    assertThat(answer.get("findings")).isEmpty();
    assertThat(answer.text("message"))
        .isEqualTo("Valid: 0 errors and 0 warnings in 2 files (6 B); every byte was read.");
  }

  @Test
  void looksAsCloselyAsAsked() {
    store.add("team", "a.txt", "eno");
    assertThat(codes(validate("check_accessibility", false))).isEmpty();
    assertThat(codes(validate())).isEmpty();
    Answer answer = validate("check_integrity", true);
    assertThat(codes(answer)).containsExactly("changed_bytes");
    assertThat(answer.get("valid").booleanValue()).isFalse();
    JsonNode finding = answer.get("findings").get(0);
    assertThat(finding.get("severity").stringValue()).isEqualTo("error");
    assertThat(finding.get("logical_key").stringValue()).isEqualTo("a.txt");
    assertThat(finding.get("line").intValue()).isEqualTo(2);
    assertThat(answer.get("counts").get("changed_bytes").intValue()).isEqualTo(1);
  }

  @Test
  void namesObjectsThatAreGoneOrOfAnotherSize() {
    store.add("team", "a.txt", "longer");
    assertThat(codes(validate())).containsExactly("changed_size");
  }

  @Test
  void namesAManifestThatIsNotWhatItsNameSays() {
    TestPackages others = new TestPackages(store);
    others.push(
        "lab/other",
        TestPackages.header(),
        List.of(TestPackages.entry("b"), TestPackages.entry("a")));
    Answer answer =
        bench.local(
            "package_validate", "package_name", "lab/other", "registry", TestPackages.BUCKET);
    assertThat(codes(answer)).contains("out_of_order", "wrong_top_hash", "missing_object");
    assertThat(answer.text("message")).startsWith("Not valid: ");
    Answer cut =
        bench.local(
            "package_validate",
            "package_name",
            "lab/other",
            "registry",
            TestPackages.BUCKET,
            "limit",
            1);
    assertThat(cut.get("findings")).hasSize(1);
    assertThat(cut.get("truncated").booleanValue()).isTrue();
  }

  @Test
  void readsNoBucketThatTheTokenDoesNotCover() {
    store.add("team", "k", "k");
    TestPackages others = new TestPackages(store);
    others.push(
        "lab/other", TestPackages.header(), List.of(TestPackages.entry("k", "s3://source/b.txt")));
    int before = bench.storageCalls().size();
    Answer answer =
        bench.call(
            Callers.bearer(TestPackages.BUCKET),
            "package_validate",
            "package_name",
            "lab/other",
            "registry",
            TestPackages.BUCKET,
            "check_integrity",
            true);
    assertThat(codes(answer)).contains("not_accessible");
    assertThat(bench.storageCalls().subList(before, bench.storageCalls().size()))
        .noneMatch(call -> call.contains("s3://source"));
  }

  @Test
  void saysThatThereIsNoSuchPackage() {
    bench
        .local("package_validate", "package_name", "lab/none", "registry", "team")
        .fails("not_found", "Package lab/none does not exist in registry s3://team");
  }
}
