package com.quiltdata.mcp.tools.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import com.quiltdata.mcp.tools.authoring.AuthoringBench.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class PackageDeleteToolTest {
  private static final String TOOL = "package_delete";
  private static final ObjectNode ALL =
      ToolBench.arguments("package_name", "lab/data", "registry", "s3://team");
  private static final String YES = "{'action': 'accept', 'content': {'confirm': true}}";

  private final AuthoringBench bench = AuthoringBench.plain();

  private static ObjectNode confirmed(ObjectNode arguments) {
    return arguments.deepCopy().put("confirm", true);
  }

  private Answer call(ObjectNode arguments) {
    return bench.tools.answer(TOOL, bench.tools.asking(Input.NONE, TOOL, arguments));
  }

  @ParameterizedTest
  @EnumSource
  void deletesAllRevisionsOnceTheUserAgreed(Kind kind, @TempDir Path root) {
    AuthoringBench some = AuthoringBench.of(kind, root);
    some.createOne();
    Answer answer = some.askedAndAnswered(TOOL, ALL, YES).succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "status",
            "action",
            "package_name",
            "registry",
            "message",
            "pointers",
            "latest_top_hash",
            "auth_type");
    assertThat(answer.text("action")).isEqualTo("deleted");
    assertThat(answer.text("message"))
        .isEqualTo(
            "Deleted all revisions of package lab/data in registry s3://team (2 pointer(s)).");
    assertThat(some.latest("lab/data")).isEmpty();
  }

  @Test
  void asksTheUserWhateverTheModelSays() {
    bench.createOne();
    ToolResult asked = bench.tools.asking(AuthoringBench.asking(), TOOL, confirmed(ALL));
    if (!(asked instanceof ToolResult.Asks(InputRequired input))
        || !(input.requests().get("confirm") instanceof InputRequest.Form form)) {
      throw new AssertionError("not asked: " + asked);
    }
    assertThat(form.message())
        .isEqualTo(
            "Delete all revisions of package lab/data in registry s3://team (2 pointer(s))?");
    assertThat(bench.latest("lab/data")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action': 'decline'}",
        "{'action': 'cancel'}",
        "{'action': 'accept', 'content': {'confirm': false}}"
      })
  void deletesNothingWhenTheUserDoesNotAgree(String response) {
    bench.createOne();
    bench
        .askedAndAnswered(TOOL, confirmed(ALL), response)
        .fails("input_required", "Nothing was deleted. The user did not agree.");
    assertThat(bench.latest("lab/data")).isPresent();
  }

  @Test
  void asksAgainWhenSomethingChangedMeanwhile() {
    bench.createOne();
    ToolResult first = bench.tools.asking(AuthoringBench.asking(), TOOL, ALL);
    String hash = bench.latest("lab/data").orElseThrow().value();
    bench.add("s3://team/.quilt/named_packages/lab/data/1", hash);
    ToolResult second = bench.tools.asking(AuthoringBench.answering(YES, first), TOOL, ALL);
    assertThat(second).isInstanceOf(ToolResult.Asks.class);
    assertThat(bench.latest("lab/data")).isPresent();
    bench
        .tools
        .answer(TOOL, bench.tools.asking(AuthoringBench.answering(YES, second), TOOL, ALL))
        .succeeds();
    assertThat(bench.latest("lab/data")).isEmpty();
  }

  @Test
  void needsTheWordOfTheUserFromClientsThatCannotAsk() {
    bench.createOne();
    call(ALL)
        .fails(
            "input_required",
            "Nothing was deleted. Delete all revisions of package lab/data in registry s3://team (2 pointer(s))? Ask the user, and if they agree call again with confirm=true.");
    assertThat(bench.latest("lab/data")).isPresent();
    call(confirmed(ALL)).succeeds();
    assertThat(bench.latest("lab/data")).isEmpty();
    call(confirmed(ALL))
        .fails("not_found", "Package lab/data does not exist in registry s3://team");
  }

  @Test
  void showsWhatWouldGoWithoutAsking() {
    bench.createOne();
    ToolResult result =
        bench.tools.asking(AuthoringBench.asking(), TOOL, ALL.deepCopy().put("dry_run", true));
    Answer answer = bench.tools.answer(TOOL, result).succeeds();
    assertThat(answer.text("action")).isEqualTo("preview");
    assertThat(answer.get("pointers").intValue()).isEqualTo(2);
    assertThat(answer.text("message")).startsWith("Would delete all revisions of package lab/data");
    assertThat(bench.latest("lab/data")).isPresent();
  }

  @Test
  void deletesOneRevision() {
    String first = bench.createOne().text("top_hash");
    String second = bench.changeOne();
    Answer answer = call(confirmed(ALL).put("top_hash", second.substring(0, 10))).succeeds();
    assertThat(answer.text("latest_top_hash")).isEqualTo(first);
    assertThat(bench.latest("lab/data").orElseThrow().value()).isEqualTo(first);
    assertThat(call(confirmed(ALL).put("top_hash", second)).text("code")).isEqualTo("not_found");
  }

  @Test
  void tagsAndRollsBack() {
    String first = bench.createOne().text("top_hash");
    bench.add("s3://team/b.txt", "b");
    String second =
        bench.onOne("package_update", "s3_uris", List.of("s3://team/b.txt")).text("top_hash");
    Answer tagged = tag("tag", "published", "top_hash", first.substring(0, 8));
    assertThat(tagged.text("action")).isEqualTo("tagged");
    assertThat(tagged.get("previous_top_hash").isNull()).isTrue();
    assertThat(tag("tag", "published", "top_hash", first).text("action")).isEqualTo("unchanged");
    Answer rolled = rollback("published").succeeds();
    assertThat(rolled.text("action")).isEqualTo("rolled_back");
    assertThat(rolled.text("previous_top_hash")).isEqualTo(second);
    assertThat(bench.files("lab/data")).isEqualTo(Map.of("a.txt", "one"));
    assertThat(rollback(first).text("action")).isEqualTo("unchanged");
    assertThat(tag("tag", "published").text("previous_top_hash")).isEqualTo(first);
    assertThat(tag("tag", "published", "remove", true).text("code")).isEqualTo("input_required");
    assertThat(tag("tag", "published").text("action")).isEqualTo("unchanged");
    Answer gone = tag("tag", "published", "remove", true, "confirm", true);
    assertThat(gone.text("action")).isEqualTo("untagged");
    assertThat(gone.get("top_hash").isNull()).isTrue();
    assertThat(tag("tag", "latest").text("code")).isEqualTo("invalid_argument");
    assertThat(rollback("0".repeat(64)).text("code")).isEqualTo("not_found");
  }

  @Test
  void movesNoPointerForATokenThatMayNotWrite() {
    bench.createOne();
    String second = bench.changeOne();
    var mayDelete = Callers.bearerOf(Set.of("s3:ListBucket", "s3:DeleteObject"), "team");
    Answer refused = bench.tools.call(mayDelete, TOOL, confirmed(ALL).put("top_hash", second));
    refused.fails(
        "forbidden_action",
        "Missing required permission(s): s3:GetObject, s3:PutObject, to make an older revision the latest one");
    assertThat(bench.latest("lab/data").orElseThrow().value()).isEqualTo(second);
    bench.tools.call(mayDelete, TOOL, confirmed(ALL)).succeeds();
    assertThat(bench.latest("lab/data")).isEmpty();
  }

  private Answer tag(Object... more) {
    return bench.onOne("package_tag", more);
  }

  private Answer rollback(String revision) {
    return bench.onOne("package_rollback", "top_hash", revision);
  }

  @Test
  void looksAtARollbackWithoutDoingIt() {
    bench.createOne();
    String second = bench.changeOne();
    Answer answer = bench.onOne("package_rollback", "top_hash", second, "dry_run", true).succeeds();
    assertThat(answer.text("action")).isEqualTo("preview");
    assertThat(answer.text("top_hash")).isEqualTo(second);
  }
}
