package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ManifestHeaderTest {
  private static ManifestHeader header(String members) {
    return new ManifestHeader(
        (ObjectNode) QuiltFixtures.json("{\"version\": \"v0\"" + members + "}"));
  }

  @Test
  void readsMessageMetadataAndWorkflow() {
    ManifestHeader header =
        header(", \"message\": \"\", \"user_meta\": {\"a\": 1}, \"workflow\": {\"id\": null}");
    assertThat(header.message()).contains("");
    assertThat(header.userMeta()).hasValueSatisfying(meta -> assertThat(meta.size()).isOne());
    assertThat(header.workflow()).isPresent();
  }

  @Test
  void keepsApartWhatIsAbsentAndWhatIsNull() {
    ManifestHeader nulls = header(", \"message\": null, \"user_meta\": null");
    assertThat(nulls.message()).isEmpty();
    assertThat(nulls.userMeta()).isEmpty();
    assertThat(nulls).isNotEqualTo(header(""));
    assertThat(new TopHasher(nulls).finish()).isNotEqualTo(new TopHasher(header("")).finish());
  }

  @Test
  void keepsUnknownMembersButNotAnOldTopHash() {
    assertThat(CanonicalJson.text(header(", \"x\": [1.0], \"top_hash\": \"y\"").json()))
        .isEqualTo("{\"version\":\"v0\",\"x\":[1.0]}");
  }

  @Test
  void doesNotChangeWithTheObjectItWasMadeOf() {
    ObjectNode json = (ObjectNode) QuiltFixtures.json("{\"version\": \"v0\"}");
    ManifestHeader header = new ManifestHeader(json);
    json.put("message", "later");
    assertThat(header.message()).isEmpty();
  }
}
