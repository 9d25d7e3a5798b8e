package com.quiltdata.mcp.tools.folder;

import static com.quiltdata.mcp.tools.folder.FolderBench.TOOL;
import static com.quiltdata.mcp.tools.folder.FolderBench.arguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.ToolBench;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The question to the user before a package of a prefix is made.
final class FolderQuestionTest {
  private final FolderBench folder = new FolderBench();
  private final InMemoryObjectStore store = folder.store;
  private final ToolBench bench = folder.tools;

  private static final Input CAN_BE_ASKED =
      new Input(Set.of(ClientCapability.FORM), StrictJson.NODES.objectNode(), Optional.empty());

  private static Input answering(String action, boolean yes, Optional<ObjectNode> state) {
    ObjectNode responses = StrictJson.NODES.objectNode();
    responses.putObject("confirm").put("action", action).putObject("content").put("confirm", yes);
    return new Input(Set.of(ClientCapability.FORM), responses, state);
  }

  private InputRequired asked(ToolResult result) {
    assertThat(result).isInstanceOf(ToolResult.Asks.class);
    return ((ToolResult.Asks) result).input();
  }

  @Test
  void asksTheUserWhereTheClientCan() {
    InputRequired asked = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments()));
    InputRequest.Form form = (InputRequest.Form) asked.requests().get("confirm");
    assertThat(form.message().replaceFirst("[0-9a-f]{12}", "%s"))
        .isEqualTo(
            """
            Create the package team/run in s3://registry, with 4 files (26 B) of 's3://lab/run/'? Plan %s.
            - 'data/media': 1 files, for example 'plate.png'
            - 'data/processed': 2 files, for example 'a.csv'
            - 'docs': 1 files, for example 'notes.md'\
            """);
    ToolResult result = bench.asking(answering("accept", true, asked.state()), TOOL, arguments());
    assertThat(bench.answer(TOOL, result).succeeds().text("action")).isEqualTo("created");
  }

  @Test
  void writesNothingWhenTheUserDoesNotAgree() {
    Optional<ObjectNode> state = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments())).state();
    for (Input input :
        List.of(
            answering("accept", false, state),
            answering("decline", true, state),
            answering("cancel", true, state))) {
      bench
          .answer(TOOL, bench.asking(input, TOOL, arguments()))
          .fails("input_required", "No package was created. The user did not agree.");
    }
  }

  @Test
  void asksAgainWhenTheBucketChangedMeanwhile() {
    Optional<ObjectNode> state = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments())).state();
    store.add("lab", "run/late.csv", "late");
    asked(bench.asking(answering("accept", true, state), TOOL, arguments()));
    asked(bench.asking(answering("accept", true, Optional.empty()), TOOL, arguments()));
  }

  @Test
  void asksNothingWhenToldNotToOrForAPreview() {
    for (String flag : List.of("confirm_structure", "dry_run")) {
      ObjectNode arguments = arguments("package_name", "team/" + flag);
      arguments.put(flag, flag.equals("dry_run"));
      bench.answer(TOOL, bench.asking(CAN_BE_ASKED, TOOL, arguments)).succeeds();
    }
  }
}
