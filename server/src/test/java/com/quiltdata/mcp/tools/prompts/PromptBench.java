package com.quiltdata.mcp.tools.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.prompt.PromptMessage;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.packages.TestPackages;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gets prompts the way the protocol does, and checks of every one that it holds nothing invisible,
/// that its data are bounded and marked, that it speaks of tools that exist, and that the calls it
/// asks for succeed.
public final class PromptBench {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final Pattern CALL = Pattern.compile("Call ([a-z_]+) with (\\{.*})");
  private static final Pattern WORD = Pattern.compile("[a-z]+(?:_[a-z0-9]+)+");

  private final CountingObjectStore store;
  private final ToolBench tools;
  private final PromptCatalog catalog;

  /// All prompts over a store.
  public PromptBench(ObjectStore store) {
    this.store = new CountingObjectStore(store);
    this.tools = new ToolBench(store);
    this.catalog = catalog(this.store, tools.catalog());
  }

  static PromptCatalog catalog(ObjectStore store, ToolCatalog tools) {
    return new PromptCatalog(QuiltPrompts.all(_ -> store, tools), new ToolPolicy());
  }

  /// A store with a bucket `team`, in it some objects and the package `team/cells` in two
  /// revisions.
  public static InMemoryObjectStore lab() {
    InMemoryObjectStore store =
        new InMemoryObjectStore(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    TestPackages packages = new TestPackages(store);
    store.add("team", "README.md", "# Cells");
    store.add("team", "data/raw/a.csv", "id,count\n1,2\n");
    store.add("team", "data/raw/b.csv", "id,count\n2,3\n");
    store.add("team", "data/raw/readme.txt", "two plates");
    store.addBucket("other");
    packages.push(
        "team/cells",
        TestPackages.header().put("message", "First plate"),
        List.of(TestPackages.entry("raw/a.csv", "s3://team/data/raw/a.csv")));
    ObjectNode header = TestPackages.header().put("message", "Second plate");
    header.putObject("user_meta").put("assay", "viability").put("plates", 2);
    packages.push(
        "team/cells",
        header,
        List.of(
            TestPackages.entry("raw/a.csv", "s3://team/data/raw/a.csv"),
            TestPackages.entry("raw/b.csv", "s3://team/data/raw/b.csv")));
    return store;
  }

  /// What a prompt says.
  ///
  /// @param description of it
  /// @param task the first message
  /// @param data what the second message holds
  public record Said(String description, String task, String dataText, JsonNode data) {
    /// Both messages as one text.
    public String whole() {
      return task + "\n\n---\n\n" + dataText + "\n";
    }
  }

  /// The prompts.
  public PromptCatalog catalog() {
    return catalog;
  }

  /// What the prompts asked of the store.
  public List<String> storageCalls() {
    return store.calls();
  }

  /// Gets as the person at this machine.
  ///
  /// @param arguments names and values by turns
  public Said local(String prompt, String... arguments) {
    return get(Callers.LOCAL, prompt, arguments);
  }

  /// Gets as somebody.
  ///
  /// @param arguments names and values by turns
  public Said get(Caller caller, String prompt, String... arguments) {
    Map<String, String> sent = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      sent.put(arguments[i], arguments[i + 1]);
    }
    return switch (catalog.get(prompt, caller, sent, "request-1", Input.NONE)) {
      case PromptResult.Asks _ -> throw new AssertionError(prompt + " asks");
      case PromptResult.Messages messages -> checked(messages, caller);
    };
  }

  /// What is proposed to the person at this machine.
  ///
  /// @param chosen names and values of other arguments by turns
  public List<String> proposals(String prompt, String argument, String typed, String... chosen) {
    Map<String, String> others = new HashMap<>();
    for (int i = 0; i < chosen.length; i += 2) {
      others.put(chosen[i], chosen[i + 1]);
    }
    return catalog
        .complete(prompt, argument, new CompletionCall(Callers.LOCAL, typed, others))
        .values();
  }

  private Said checked(PromptResult.Messages messages, Caller caller) {
    assertThat(messages.messages())
        .hasSize(2)
        .allMatch(message -> message.role() == PromptMessage.Role.USER);
    String task = text(messages.messages().getFirst());
    String dataText = text(messages.messages().getLast());
    for (String text : List.of(messages.description(), task, dataText)) {
      assertThat(
              text.codePoints().filter(c -> VisibleJson.isInvisible(c) || (c < ' ' && c != '\n')))
          .as(text)
          .isEmpty();
    }
    assertThat(dataText.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
    assertThat(dataText).containsOnlyOnce("<data>\n").endsWith("\n</data>");
    assertThat(dataText.indexOf("</data>")).isEqualTo(dataText.length() - "</data>".length());
    String json =
        dataText.substring(dataText.indexOf("<data>") + 6, dataText.lastIndexOf("</data>"));
    assertThat(json).doesNotContain("<");
    for (MatchResult word : WORD.matcher(task).results().toList()) {
      if (new ToolPolicy().needs(word.group()).isPresent()) {
        assertThat(tools.catalog().find(word.group())).as(word.group()).isPresent();
      }
    }
    for (MatchResult call : CALL.matcher(task).results().toList()) {
      tools.call(caller, call.group(1), (ObjectNode) JSON.read(call.group(2))).succeeds();
    }
    assertThat(store.writes()).isZero();
    return new Said(messages.description(), task, dataText, JSON.read(json.strip()));
  }

  private static String text(PromptMessage message) {
    return switch (message.content()) {
      case ContentBlock.Text text -> text.text();
      case ContentBlock other -> throw new AssertionError("no text: " + other);
    };
  }

  /// A failure of a prompt.
  public Fault refusal(Caller caller, String prompt, String... arguments) {
    try {
      get(caller, prompt, arguments);
    } catch (Fault fault) {
      return fault;
    }
    throw new AssertionError(prompt + " was given");
  }
}
