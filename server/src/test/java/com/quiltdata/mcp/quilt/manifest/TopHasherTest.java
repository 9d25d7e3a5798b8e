package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class TopHasherTest {
  static Stream<JsonNode> vectors() {
    return QuiltFixtures.vectors("top_hash");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheOfficialClient(JsonNode vector) {
    TopHasher hasher = new TopHasher(new ManifestHeader((ObjectNode) vector.get("header")));
    vector
        .get("entries")
        .valueStream()
        .map(TestManifests::entry)
        .sorted((a, b) -> a.logicalKey().compareTo(b.logicalKey()))
        .forEach(hasher::add);
    assertThat(hasher.finish()).hasToString(vector.get("top_hash").stringValue());
  }

  @Test
  void sortsAManifestThatIsNotInOrder() {
    List<String> keys = List.of("a b", "a/b", "a.b", "a-b");
    assertThat(TopHasher.hash(TestManifests.of(keys)))
        .isEqualTo(TopHasher.hash(TestManifests.of(List.of("a/b", "a b", "a-b", "a.b"))));
  }

  @Test
  void countsASizeThatIsWrittenAsADouble() {
    String entry =
        "{\"logical_key\":\"a\",\"physical_keys\":[\"s3://b/a\"],\"size\":%s,"
            + "\"hash\":{\"type\":\"SHA256\",\"value\":\"x\"},\"meta\":{}}\n";
    assertThat(TopHasher.hash(TestManifests.text(entry.formatted("1.0"))))
        .isNotEqualTo(TopHasher.hash(TestManifests.text(entry.formatted("1"))));
  }

  @Test
  void refusesAnEntryWithoutHash() {
    ManifestSource manifest =
        TestManifests.text(
            "{\"logical_key\":\"a\",\"physical_keys\":[\"s3://b/a\"],\"size\":1,\"hash\":null,"
                + "\"meta\":{}}\n");
    assertThatThrownBy(() -> TopHasher.hash(manifest))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA))
        .hasMessage("'a' has no size or no hash, so the package has no top hash");
  }

  @Test
  void refusesEntriesOutOfOrder() {
    TopHasher hasher = new TopHasher(TestManifests.header());
    hasher.add(TestManifests.entry("b"));
    ManifestEntry entry = TestManifests.entry("a");
    assertThatThrownBy(() -> hasher.add(entry)).isInstanceOf(IllegalArgumentException.class);
  }
}
