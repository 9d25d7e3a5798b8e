package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.plain;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Pointer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tags of revisions.
final class TaggingTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void tagsRevisions(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<TopHash> revisions = registry.revisions(2);
    Tagging tagging = new Tagging(registry.store(), BUCKET);
    assertThat(tagging.put(NAME, "v1.0-final", revisions.getFirst())).isEmpty();
    assertThat(tagging.put(NAME, "v1.0-final", revisions.getLast())).contains(revisions.getFirst());
    assertThat(tagging.put(NAME, "v1.0-final", revisions.getLast())).contains(revisions.getLast());
    assertThat(registry.registry().resolve(NAME, RevisionReference.parse("v1.0-final")))
        .isEqualTo(revisions.getLast());
    assertThat(registry.registry().pointers(NAME))
        .extracting(Pointer::name)
        .containsExactly("1800000000", "1800000001", "latest", "v1.0-final");
    assertThat(registry.problems()).isEmpty();
    assertThat(tagging.remove(NAME, "v1.0-final")).isEqualTo(revisions.getLast());
    assertFault(FaultCode.NOT_FOUND, () -> tagging.remove(NAME, "v1.0-final"));
    assertFault(FaultCode.NOT_FOUND, () -> tagging.put(NAME, "v1", new TopHash("3".repeat(64))));
    assertFault(
        FaultCode.NOT_FOUND,
        () -> tagging.put(PackageName.parse("no/package"), "v1", revisions.getFirst()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "latest",
        "123",
        "1800000000",
        "beef",
        "a/b",
        "..",
        ".hidden",
        "-x",
        "a b",
        "é"
      })
  void refusesNamesThatAreNoTags(String tag) {
    TestRegistry registry = plain();
    TopHash hash = registry.revisions(1).getFirst();
    List<String> keys = registry.keys();
    Tagging tagging = new Tagging(registry.store(), BUCKET);
    assertFault(FaultCode.INVALID_ARGUMENT, () -> tagging.put(NAME, tag, hash));
    assertThat(registry.keys()).isEqualTo(keys);
  }

  @Test
  void removesTagsOfOthersButNoPushes() {
    TestRegistry registry = plain();
    TopHash hash = registry.revisions(1).getFirst();
    registry.put(BUCKET, ".quilt/named_packages/team/set/beef", hash.value());
    Tagging tagging = new Tagging(registry.store(), BUCKET);
    assertThat(tagging.remove(NAME, "beef")).isEqualTo(hash);
    assertFault(FaultCode.INVALID_ARGUMENT, () -> tagging.remove(NAME, "latest"));
    assertFault(FaultCode.INVALID_ARGUMENT, () -> tagging.remove(NAME, "1800000000"));
    assertThat(registry.registry().latest(NAME)).isEqualTo(hash);
  }
}
