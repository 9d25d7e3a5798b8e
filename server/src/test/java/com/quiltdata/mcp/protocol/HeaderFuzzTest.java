package com.quiltdata.mcp.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Any header against any argument, held to [HeaderValue]. The seeds run as tests; `.ci/fuzz` looks
/// for more.
@Timeout(value = 10, unit = java.util.concurrent.TimeUnit.MINUTES)
final class HeaderFuzzTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final ToolSpec TOOL =
      new ToolSpec(
          "tool",
          "Tool",
          "Does something.",
          "test",
          List.of(Parameter.text("argument", "Anything").inHeader("Argument")),
          JsonSchema.result(JsonSchema.member("said", JsonSchema.string("What was said"))),
          ToolHints.READ_ONLY,
          ToolNeeds.nothing(),
          List.of());

  /// The first line of the input is the header, the rest the argument: as JSON, or as text.
  @FuzzTest
  void agreesWithWhatIsEqualAndNothingElse(byte[] lines) {
    String all = new String(lines, ISO_8859_1);
    int end = all.indexOf('\n');
    String header = end < 0 ? all : all.substring(0, end);
    JsonNode argument =
        argument(end < 0 ? lines : Arrays.copyOfRange(lines, end + 1, lines.length));
    if (!argument.isNull()) {
      assertThat(agreesAsParameter(header, argument))
          .as("%s with %s", header, argument)
          .isEqualTo(HeaderValue.equal(header, argument));
    }
    if (argument.isString()) {
      assertThat(agreesAsName(header, argument))
          .as("%s with %s", header, argument)
          .isEqualTo(HeaderValue.equal(header, argument));
    }
  }

  @FuzzTest
  void agreesWithEveryTextAsClientsSendIt(byte[] utf8) {
    // Not a malformed byte is left: each became a character of its own.
    String text = new String(utf8, UTF_8);
    String header = HeaderValue.of(text);
    JsonNode argument = StrictJson.NODES.stringNode(text);
    assertThat(agreesAsName(header, argument)).as(header).isTrue();
    assertThat(agreesAsParameter(header, argument)).as(header).isTrue();
    for (String other :
        List.of(text + "x", text + " ", "\u200b" + text, "", text.toUpperCase(Locale.ROOT))) {
      JsonNode differing = StrictJson.NODES.stringNode(other);
      assertThat(agreesAsName(header, differing)).as(header).isEqualTo(other.equals(text));
      assertThat(agreesAsParameter(header, differing)).as(header).isEqualTo(other.equals(text));
    }
  }

  private static JsonNode argument(byte[] bytes) {
    try {
      return JSON.read(bytes);
    } catch (MalformedJsonException _) {
      return StrictJson.NODES.stringNode(new String(bytes, UTF_8));
    }
  }

  private static boolean agreesAsName(String header, JsonNode name) {
    ObjectNode params = StrictJson.NODES.objectNode();
    params.set("name", name);
    return agrees(() -> check(header).requireName(params, "name"));
  }

  private static boolean agreesAsParameter(String header, JsonNode argument) {
    ObjectNode arguments = StrictJson.NODES.objectNode();
    arguments.set("argument", argument);
    return agrees(() -> check(header).requireParameters(TOOL, arguments));
  }

  private static HeaderCheck check(String header) {
    return new HeaderCheck(_ -> List.of(header));
  }

  private static boolean agrees(Runnable check) {
    try {
      check.run();
      return true;
    } catch (RpcException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.HEADER_MISMATCH);
      return false;
    }
  }
}
