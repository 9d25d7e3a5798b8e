package com.quiltdata.mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.CallCheck;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tool.ToolOffer;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.access.AccessTools;
import com.quiltdata.mcp.tools.access.AwsRights;
import com.quiltdata.mcp.tools.access.HostFolders;
import com.quiltdata.mcp.tools.authoring.AuthoringTools;
import com.quiltdata.mcp.tools.buckets.BucketTools;
import com.quiltdata.mcp.tools.catalog.CatalogTools;
import com.quiltdata.mcp.tools.folder.FolderTools;
import com.quiltdata.mcp.tools.metadata.MetadataTools;
import com.quiltdata.mcp.tools.packages.PackageTools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls tools the way the protocol does, and checks every answer against the tool's output schema
/// and the conventions of all results.
public final class ToolBench {
  /// What the clock says.
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  // Their results are bounded by max_bytes instead.
  private static final Set<String> CONTENT_TOOLS =
      Set.of("bucket_object_text", "bucket_object_fetch");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final CountingObjectStore store;
  private final ToolCatalog catalog;

  /// All tools over a store, with a catalog.
  public ToolBench(ObjectStore store) {
    this(store, Optional.of(URI.create("https://catalog.example.com")));
  }

  /// Some tools over a store, with a catalog.
  public ToolBench(ObjectStore store, ToolOffer offer) {
    this(
        store,
        Optional.of(URI.create("https://catalog.example.com")),
        offer,
        ToolLimits.defaults());
  }

  /// All tools over a store, with other limits.
  public ToolBench(ObjectStore store, ToolLimits limits) {
    this(
        store,
        Optional.of(URI.create("https://catalog.example.com")),
        ToolOffer.everything(),
        limits);
  }

  /// All tools over a store.
  public ToolBench(ObjectStore store, Optional<URI> catalogUrl) {
    this(store, catalogUrl, ToolOffer.everything(), ToolLimits.defaults());
  }

  /// All tools over nothing, for callers whose rights in AWS differ.
  public ToolBench(AwsRights.Lookup rights) {
    this(
        new InMemoryObjectStore(),
        Optional.empty(),
        ToolOffer.everything(),
        ToolLimits.defaults(),
        rights);
  }

  private ToolBench(
      ObjectStore store, Optional<URI> catalogUrl, ToolOffer offer, ToolLimits limits) {
    this(store, catalogUrl, offer, limits, _ -> new AwsRights.NotNeeded());
  }

  private ToolBench(
      ObjectStore store,
      Optional<URI> catalogUrl,
      ToolOffer offer,
      ToolLimits limits,
      AwsRights.Lookup rights) {
    this.store = new CountingObjectStore(store);
    CallStorage storage = _ -> this.store;
    InstantSource clock = InstantSource.fixed(NOW);
    CatalogConfig config = new CatalogConfig(catalogUrl, Optional.empty(), "us-east-1");
    ToolPolicy policy = new ToolPolicy();
    HostFolders folders = new HostFolders(Path.of("home"), Path.of("temp"), Path.of("current"));
    List<Resource> resources = new ArrayList<>(AccessTools.resources(catalogUrl, folders, rights));
    resources.addAll(CatalogTools.resources(config));
    ResourceCatalog resourceCatalog = new ResourceCatalog(resources, policy);
    List<Tool> tools = new ArrayList<>();
    tools.addAll(BucketTools.all(storage, clock));
    tools.addAll(PackageTools.all(storage));
    tools.addAll(AuthoringTools.all(storage, clock, config));
    tools.addAll(FolderTools.all(storage, clock, config));
    tools.addAll(CatalogTools.all(config));
    tools.addAll(MetadataTools.all(clock));
    tools.addAll(AccessTools.all(resourceCatalog, clock));
    List<ToolSpec> specs = new ArrayList<>(tools.stream().map(Tool::spec).toList());
    specs.add(AccessTools.WHOAMI);
    CallCheck check = new CallCheck(specs, policy, offer);
    tools.add(AccessTools.whoami(check, rights));
    this.catalog = new ToolCatalog(tools, check, limits);
  }

  /// A store whose clock says what that of the tools says.
  public static InMemoryObjectStore store() {
    return new InMemoryObjectStore(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /// All tools over nothing.
  public static ToolBench empty() {
    return new ToolBench(new InMemoryObjectStore());
  }

  /// The tools.
  public ToolCatalog catalog() {
    return catalog;
  }

  /// What the tools asked of the store.
  public List<String> storageCalls() {
    return store.calls();
  }

  /// A result.
  public record Answer(boolean isSuccess, ObjectNode fields) {
    /// A member that is there.
    public JsonNode get(String name) {
      assertThat(fields.has(name)).as("%s in %s", name, fields.propertyNames()).isTrue();
      return fields.get(name);
    }

    /// A text that is there.
    public String text(String name) {
      return get(name).stringValue();
    }

    /// The names of all members.
    public List<String> names() {
      return List.copyOf(fields.propertyNames());
    }

    /// Checks that the call failed so.
    public Answer fails(String code, String error) {
      assertThat(text("error")).isEqualTo(error);
      assertThat(text("code")).isEqualTo(code);
      return this;
    }

    /// Checks that the call did what it should.
    public Answer succeeds() {
      assertThat(isSuccess).as("%s", fields).isTrue();
      return this;
    }
  }

  /// Calls as the person at this machine.
  ///
  /// @param arguments names and values by turns
  public Answer local(String tool, Object... arguments) {
    return call(Callers.LOCAL, tool, arguments);
  }

  /// Calls as somebody.
  ///
  /// @param arguments names and values by turns
  public Answer call(Caller caller, String tool, Object... arguments) {
    return call(caller, tool, arguments(arguments));
  }

  /// Arguments of a call.
  ///
  /// @param arguments names and values by turns
  public static ObjectNode arguments(Object... arguments) {
    ObjectNode sent = StrictJson.NODES.objectNode();
    for (int i = 0; i < arguments.length; i += 2) {
      switch (arguments[i + 1]) {
        case String text -> sent.put((String) arguments[i], text);
        case Integer number -> sent.put((String) arguments[i], number);
        case Boolean flag -> sent.put((String) arguments[i], flag);
        case JsonNode node -> sent.set((String) arguments[i], node);
        case List<?> texts -> {
          ArrayNode list = sent.putArray((String) arguments[i]);
          texts.forEach(text -> list.add((String) text));
        }
        case Object other -> throw new IllegalArgumentException(other.toString());
      }
    }
    return sent;
  }

  /// A tree from JSON text, in which single quotes stand for double ones.
  public static JsonNode json(String text) {
    return new StrictJson(JsonLimits.DEFAULT).read(text.replace('\'', '"'));
  }

  /// Calls as somebody whose client can be asked nothing.
  public Answer call(Caller caller, String tool, ObjectNode arguments) {
    return answer(tool, result(caller, tool, arguments, Input.NONE));
  }

  /// Calls as the person at this machine, with a client that can be asked.
  public ToolResult asking(Input input, String tool, ObjectNode arguments) {
    return result(Callers.LOCAL, tool, arguments, input);
  }

  private ToolResult result(Caller caller, String tool, ObjectNode arguments, Input input) {
    int before = store.writes();
    ToolResult result =
        catalog.call(tool, caller, arguments, CallOutput.SILENT, "request-1", input);
    if (result instanceof ToolResult.Deferred(Job.Here(_, Job.Step step))) {
      result = step.run(input, CallOutput.SILENT);
    }
    boolean mayWrite =
        !catalog.find(tool).orElseThrow().hints().isReadOnly()
            && !arguments.path("dry_run").asBoolean(false)
            && result instanceof ToolResult.Success;
    if (!mayWrite) {
      assertThat(store.writes()).as("writes of %s", tool).isEqualTo(before);
    }
    return result;
  }

  /// Checks a result that ends a call.
  public Answer answer(String tool, ToolResult result) {
    Answer answer =
        switch (result) {
          case ToolResult.Success success -> new Answer(true, success.fields());
          case ToolResult.Failure failure -> new Answer(false, failure.fields());
          case ToolResult.Blocks _, ToolResult.Asks _, ToolResult.Deferred _ ->
              throw new AssertionError("no tool answers so");
        };
    check(catalog.find(tool).flatMap(ToolSpec::output).orElseThrow(), answer);
    if (!CONTENT_TOOLS.contains(tool)) {
      assertThat(VisibleJson.bytes(answer.fields()))
          .isLessThanOrEqualTo(ToolLimits.defaults().resultBytes());
    }
    return answer;
  }

  private static void check(ObjectNode schema, Answer answer) {
    assertThat(SCHEMAS.getSchema(schema).validate(answer.fields())).isEmpty();
    assertThat(answer.get("success").booleanValue()).isEqualTo(answer.isSuccess());
    // What cannot be written as JSON shows here: depth, unpaired surrogates.
    StrictJson json = new StrictJson(new JsonLimits(1_000, 10_000_000, 100, 1 << 20));
    String text = VisibleJson.of(json.text(answer.fields()));
    assertThat(json.read(text)).isEqualTo(json.read(json.text(answer.fields())));
    assertThat(VisibleJson.bytes(answer.fields())).isEqualTo(text.getBytes(UTF_8).length);
    if (answer.isSuccess()) {
      assertThat(answer.fields().has("error")).isFalse();
    } else {
      assertThat(answer.text("error")).isNotBlank();
      assertThat(answer.text("code")).matches("[a-z0-9_]+");
    }
  }
}
