package com.quiltdata.mcp.tools.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Buckets `team` and `source` in a store of some kind, and the tools over it.
final class AuthoringBench {
  /// Kinds of stores.
  enum Kind {
    PLAIN,
    VERSIONED,
    FOLDER
  }

  final ObjectStore store;
  final ToolBench tools;

  private AuthoringBench(ObjectStore store) {
    this.store = store;
    this.tools = new ToolBench(store);
  }

  /// @param root of a store in a folder
  static AuthoringBench of(Kind kind, Path root) {
    InMemoryObjectStore memory = new InMemoryObjectStore();
    for (String bucket : List.of("team", "source")) {
      switch (kind) {
        case PLAIN -> memory.addBucket(bucket);
        case VERSIONED -> memory.addVersionedBucket(bucket);
        case FOLDER -> {
          try {
            Files.createDirectories(root.resolve(bucket));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    return new AuthoringBench(kind == Kind.FOLDER ? new LocalObjectStore(root) : memory);
  }

  static AuthoringBench plain() {
    return of(Kind.PLAIN, Path.of("none"));
  }

  void add(String uri, String text) {
    store.put(
        ObjectLocation.parse(uri), new ByteArrayInputStream(text.getBytes(UTF_8)), PutOptions.NONE);
  }

  String text(ObjectLocation location) {
    try (ObjectContent content = store.open(location, ByteRange.ALL)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Registry registry() {
    return new Registry(store, new BucketName("team"));
  }

  /// The files of the latest revision with their bytes.
  Map<String, String> files(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    try (ManifestReader reader = registry().open(registry().latest(new PackageName(name)))) {
      for (var next = reader.nextEntry(); next.isPresent(); next = reader.nextEntry()) {
        ManifestEntry entry = next.get();
        files.put(
            entry.logicalKey().value(), text(entry.physicalKey().locate(store).orElseThrow()));
      }
    }
    return files;
  }

  Optional<TopHash> latest(String name) {
    return registry().findLatest(new PackageName(name));
  }

  /// Makes `lab/data` of one file, in earnest.
  Answer createOne() {
    add("s3://team/in/a.txt", "one");
    return tools
        .local(
            "package_create",
            "package_name",
            "lab/data",
            "registry",
            "team",
            "s3_uris",
            List.of("s3://team/in/a.txt"),
            "metadata",
            ToolBench.json("{'a': 1, 'b': {'c': 2}}"))
        .succeeds();
  }

  /// Calls a tool on `lab/data`.
  ///
  /// @param more names and values by turns
  Answer onOne(String tool, Object... more) {
    ObjectNode arguments = ToolBench.arguments("package_name", "lab/data", "registry", "team");
    arguments.setAll(ToolBench.arguments(more));
    return tools.call(Callers.LOCAL, tool, arguments);
  }

  /// Makes a second revision of it, with other metadata.
  ///
  /// @return its top hash
  String changeOne() {
    return onOne("package_update_metadata", "metadata", ToolBench.json("{'b': 2}"))
        .succeeds()
        .text("top_hash");
  }

  /// What a client says that can put forms to its user.
  ///
  /// @param response of the user, or nothing yet
  /// @param asked the result that asked
  static Input answering(String response, ToolResult asked) {
    ObjectNode responses = StrictJson.NODES.objectNode();
    Optional<ObjectNode> state = Optional.empty();
    if (asked instanceof ToolResult.Asks(var input)) {
      responses.set("confirm", ToolBench.json(response));
      state = input.state();
    }
    return new Input(Set.of(ClientCapability.FORM), responses, state);
  }

  /// A client that can put forms to its user, in the first round.
  static Input asking() {
    return new Input(
        Set.of(ClientCapability.FORM), StrictJson.NODES.objectNode(), Optional.empty());
  }

  /// Calls in two rounds.
  ///
  /// @param response what the user does with the form
  Answer askedAndAnswered(String tool, ObjectNode arguments, String response) {
    ToolResult first = tools.asking(asking(), tool, arguments);
    assertThat(first).isInstanceOf(ToolResult.Asks.class);
    return tools.answer(tool, tools.asking(answering(response, first), tool, arguments));
  }
}
