package com.quiltdata.mcp.quilt.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.manifest.TestManifests;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Registries as the official client leaves them before and after it deletes something.
final class DeletionStatesTest {
  private static final JsonNode DELETION = QuiltFixtures.expected().get("deletion");

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void readsBothStatesOfADeletedRevision(String state) {
    JsonNode expected = DELETION.get("revision");
    PackageName name = PackageName.parse(expected.get("name").stringValue());
    InMemoryObjectStore store = new InMemoryObjectStore();
    Registry registry = new Registry(store, store.addBucket("scratch"));
    List<JsonNode> pointers = expected.get(state).valueStream().toList();
    pointers.forEach(pointer ->
        store.add(
            "scratch",
            ".quilt/named_packages/%s/%s".formatted(name, pointer.get(0).stringValue()),
            pointer.get(1).stringValue()));
    // The manifest of a deleted revision stays.
    expected
        .get("hashes")
        .forEach(hash ->
            store.add("scratch", ".quilt/packages/" + hash.stringValue(), TestManifests.HEADER));

    assertThat(registry.pointers(name))
        .extracting(Pointer::name, pointer -> pointer.hash().value())
        .containsExactlyElementsOf(
            pointers.stream()
                .map(pointer ->
                    org.assertj.core.groups.Tuple.tuple(
                        pointer.get(0).stringValue(), pointer.get(1).stringValue()))
                .toList());
    assertThat(registry.latest(name).value()).isEqualTo(pointers.getLast().get(1).stringValue());
    assertThat(registry.revisions(name).stream().map(revision -> revision.hash().value()))
        .hasSize(pointers.size() - 1)
        .doesNotHaveDuplicates();
    assertThat(
            registry.revisions(name).stream()
                .anyMatch(one -> one.hash().value().equals(expected.get("deleted").stringValue())))
        .isEqualTo(state.equals("before"));
  }

  @Test
  void findsTheRegistriesThatHoldTheStateAfter() {
    JsonNode expected = DELETION.get("revision");
    PackageName name = PackageName.parse(expected.get("name").stringValue());
    List<Registry> holding =
        QuiltFixtures.REGISTRIES.stream()
            .map(QuiltFixtures::registry)
            .filter(registry -> registry.findLatest(name).isPresent())
            .toList();
    assertThat(holding).isNotEmpty();
    String latest = expected.get("after").valueStream().toList().getLast().get(1).stringValue();
    assertThat(holding)
        .anySatisfy(registry -> assertThat(registry.latest(name).value()).isEqualTo(latest));
  }

  @Test
  void doesNotListADeletedPackageWhoseManifestIsStillThere() {
    JsonNode expected = DELETION.get("package");
    PackageName name = PackageName.parse(expected.get("name").stringValue());
    String manifest = "/.quilt/packages/" + expected.get("top_hash").stringValue();
    assertThat(expected.get("manifest_still_there").booleanValue()).isTrue();
    assertThat(QuiltFixtures.files().keySet()).anyMatch(path -> path.endsWith(manifest));
    for (String registry : QuiltFixtures.REGISTRIES) {
      assertThat(QuiltFixtures.registry(registry).packages("", 1_000, Optional.empty()).names())
          .doesNotContain(name);
      assertThat(QuiltFixtures.registry(registry).findLatest(name)).isEmpty();
    }
  }
}
