package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptMessage;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Small prompts for tests of the protocol.
final class TestPrompts {
  private record Probe(PromptSpec spec, Function<PromptCall, List<PromptMessage>> messages)
      implements Prompt {
    @Override
    public PromptResult get(PromptCall call) {
      return new PromptResult.Messages("What comes of it", messages.apply(call));
    }
  }

  private TestPrompts() {}

  static List<Prompt> all() {
    return List.of(
        new Probe(
            new PromptSpec(
                "paint",
                "Paint",
                "Paints in a bucket.",
                List.of(
                    PromptArgument.required("colour", "Colour", "For example red")
                        .completedBy(TestPrompts::colours),
                    PromptArgument.optional("bucket", "Bucket", "Where to paint"),
                    PromptArgument.optional("number", "Number", "Which")
                        .completedBy(TestPrompts::numbers),
                    PromptArgument.optional("never", "Never", "Takes for ever")
                        .completedBy(_ -> {
                          await();
                          return Completion.none();
                        })),
                ToolNeeds.actionsWithBucket("s3:GetObject")),
            call -> List.of(PromptMessage.user("Paint it %s".formatted(call.text("colour"))))),
        new Probe(
            new PromptSpec("rich", "Rich", "All kinds of blocks.", List.of(), ToolNeeds.nothing()),
            _ ->
                Stream.of(
                        new ContentBlock.Text("text"),
                        new ContentBlock.Image("AA==", "image/png"),
                        new ContentBlock.Audio("AA==", "audio/wav"),
                        new ContentBlock.Embedded("test://x", "text/plain", "x"),
                        new ContentBlock.Link("test://y", "y"))
                    .map(block -> new PromptMessage(PromptMessage.Role.ASSISTANT, block))
                    .toList()),
        new Probe(
            new PromptSpec(
                "secret", "Secret", "For some.", List.of(), ToolNeeds.level(Level.ADMIN)),
            _ -> List.of(PromptMessage.user("secret"))),
        new Probe(
            new PromptSpec("sleep", "Sleep", "For ever.", List.of(), ToolNeeds.nothing()),
            _ -> {
              await();
              return List.of();
            }));
  }

  static Completion colours(CompletionCall call) {
    return Completion.ofAll(
        Stream.of("red", "rose", "green", call.argument("bucket").orElse("grey"))
            .filter(colour -> colour.startsWith(call.typed()))
            .toList());
  }

  private static Completion numbers(CompletionCall call) {
    return Completion.ofAll(
        IntStream.range(0, 250)
            .mapToObj(Integer::toString)
            .filter(number -> number.startsWith(call.typed()))
            .toList());
  }

  private static void await() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }
}
