package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptMessage;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.resource.ResourceSpec.Address;
import com.quiltdata.mcp.resource.UriTemplate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Five resources and three templates that can be read, one resource that asks and one for
/// administrators; three prompts of which one asks.
final class TalkResources {
  private TalkResources() {}

  private record Simple(ResourceSpec spec, Function<ResourceCall, ResourceContents> contents)
      implements Resource {
    @Override
    public ResourceContents read(ResourceCall call) {
      return contents.apply(call);
    }
  }

  static List<Resource> all() {
    ToolNeeds nothing = ToolNeeds.nothing();
    return Stream.of(
            IntStream.range(0, 5)
                .mapToObj(
                    i -> at(new Address.Fixed("test://fixed/" + i), nothing, TalkResources::text)),
            IntStream.range(0, 3)
                .mapToObj(i ->
                    at(
                        new Address.Templated(new UriTemplate("test://t%d/{x}".formatted(i))),
                        nothing,
                        TalkResources::text)),
            Stream.of(
                at(new Address.Fixed("test://ask"), nothing, TalkResources::ask),
                at(
                    new Address.Fixed("test://secret"),
                    ToolNeeds.level(Level.ADMIN),
                    TalkResources::text)))
        .flatMap(Function.identity())
        .toList();
  }

  private static Resource at(
      Address address, ToolNeeds needs, Function<ResourceCall, ResourceContents> contents) {
    // One name for all: only addresses tell resources apart.
    return new Simple(
        new ResourceSpec(address, "same", "Title", "To read", "text/plain", needs), contents);
  }

  private static ResourceContents text(ResourceCall call) {
    return new ResourceContents.Text("contents of " + call.uri());
  }

  private static ResourceContents ask(ResourceCall call) {
    return call.input()
        .form("who", TalkTools.NAME)
        .<ResourceContents>map(_ -> new ResourceContents.Text("answered"))
        .orElseGet(() -> new ResourceContents.Asks(InputRequired.of("who", TalkTools.NAME)));
  }

  static List<Prompt> prompts() {
    return List.of(
        prompt("first", _ -> messages()),
        prompt("second", _ -> messages()),
        prompt(
            "third",
            call ->
                call.input().form("who", TalkTools.NAME).isPresent()
                    ? messages()
                    : new PromptResult.Asks(InputRequired.of("who", TalkTools.NAME))));
  }

  private static PromptResult messages() {
    return new PromptResult.Messages("What comes of it", List.of(PromptMessage.user("text")));
  }

  private static Prompt prompt(String name, Function<PromptCall, PromptResult> action) {
    PromptSpec spec = new PromptSpec(name, "Title", "Text.", List.of(), ToolNeeds.nothing());
    return new Prompt() {
      @Override
      public PromptSpec spec() {
        return spec;
      }

      @Override
      public PromptResult get(PromptCall call) {
        return action.apply(call);
      }
    };
  }
}
