package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The tools that the conformance suite calls, as far as the server's protocol has what they show.
final class FixtureTools {
  /// One red pixel.
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

  /// A millisecond of silence.
  private static final String WAV =
      "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==";

  private static final Duration STEP = Duration.ofMillis(50);

  private FixtureTools() {}

  static List<Tool> all(Changes changes) {
    return Stream.of(
            plain(),
            changing(changes),
            InputFixtures.all(),
            TaskFixtures.all(),
            new Waits().tools())
        .flatMap(List::stream)
        .toList();
  }

  /// The list does not change in truth: every scenario is to find the same tools.
  private static List<Tool> changing(Changes changes) {
    return List.of(
        FixtureTool.of(
            "test_trigger_tool_change", List.of(), _ -> told(changes, new Change.ToolList())),
        FixtureTool.of(
            "test_trigger_prompt_change", List.of(), _ -> told(changes, new Change.PromptList())),
        FixtureTool.of(
            "test_trigger_resource_update",
            List.of(),
            _ -> told(changes, new Change.ResourceContents("test://watched-resource"))));
  }

  private static List<ContentBlock> told(Changes changes, Change change) {
    changes.tell(change);
    return List.of(text("All who listen were told."));
  }

  private static List<Tool> plain() {
    return List.of(
        // Sorts before all others: one scenario calls the first tool of the list without arguments.
        FixtureTool.constant("about", text("The fixtures of the conformance suite.")),
        FixtureTool.constant(
            "test_simple_text", text("This is a simple text response for testing.")),
        FixtureTool.constant("test_image_content", image()),
        FixtureTool.constant("test_audio_content", new ContentBlock.Audio(WAV, "audio/wav")),
        FixtureTool.constant(
            "test_embedded_resource",
            new ContentBlock.Embedded(
                "test://embedded-resource", "text/plain", "This is an embedded resource content.")),
        FixtureTool.constant(
            "test_multiple_content_types",
            text("Multiple content types test:"),
            image(),
            new ContentBlock.Embedded(
                "test://mixed-content-resource",
                "application/json",
                "{\"test\":\"data\",\"value\":123}")),
        FixtureTool.of("test_tool_with_progress", List.of(), FixtureTools::reportProgress),
        FixtureTool.of("test_tool_with_logging", List.of(), FixtureTools::log),
        FixtureTool.of("test_logging_tool", List.of(), FixtureTools::log),
        FixtureTool.of("test_error_handling", List.of(), _ -> fail()),
        FixtureTool.of(
            "test_x_mcp_header",
            List.of(Parameter.text("region", "Repeated as a header").inHeader("Region")),
            call -> List.of(text("region: " + call.arguments().textIfGiven("region").orElse("")))),
        FixtureTool.of(
            "json_schema_2020_12_tool",
            List.of(
                Parameter.text("name", "A name"),
                Parameter.text("contactMethod", "How to reach them").oneOf("phone", "email"),
                Parameter.text("phone", "A number"),
                Parameter.text("email", "An address")),
            schemaWithEverything(),
            _ -> List.of(text("The arguments fit."))));
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text);
  }

  private static ContentBlock image() {
    return new ContentBlock.Image(PNG, "image/png");
  }

  private static List<ContentBlock> reportProgress(ToolCall call) {
    for (int done : List.of(0, 50, 100)) {
      call.output().progress(done, OptionalDouble.of(100), "%d of 100".formatted(done));
      pause();
    }
    return List.of(text("Three steps reported."));
  }

  private static List<ContentBlock> log(ToolCall call) {
    for (String stage : List.of("execution started", "processing data", "execution completed")) {
      call.output().log(LogLevel.INFO, "Tool " + stage);
      pause();
    }
    return List.of(text("Three messages logged."));
  }

  private static List<ContentBlock> fail() {
    throw new Fault(
        FaultCode.INVALID_ARGUMENT, "This tool intentionally returns an error for testing");
  }

  /// The suite looks at notifications that come apart in time, as those of real work do.
  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }

  /// Every keyword that a server may be tempted to drop on the way to the client.
  private static ObjectNode schemaWithEverything() {
    return (ObjectNode)
        new StrictJson(JsonLimits.DEFAULT)
            .read(
                """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "type": "object",
                  "$defs": {
                    "address": {
                      "$anchor": "addressDef",
                      "type": "object",
                      "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                    }
                  },
                  "properties": {
                    "name": {"type": "string"},
                    "address": {"$ref": "#/$defs/address"},
                    "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                    "phone": {"type": "string"},
                    "email": {"type": "string"}
                  },
                  "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
                  "if": {
                    "properties": {"contactMethod": {"const": "phone"}},
                    "required": ["contactMethod"]
                  },
                  "then": {"required": ["phone"]},
                  "else": {"required": ["email"]},
                  "additionalProperties": false
                }
                """);
  }
}
