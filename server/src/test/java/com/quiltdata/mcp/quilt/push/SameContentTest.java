package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which stored revision a draft may be, as far as that can be seen without its bytes.
final class SameContentTest {
  @TempDir private Path folder;
  private TestRegistry registry;
  private TopHash stored;
  private ManifestHeader header;
  private SortedMap<LogicalKey, Optional<ManifestEntry>> entries;

  @BeforeEach
  void push() {
    registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    stored =
        registry
            .push(
                creating("a", bytes("1", "{\"n\": 7}"), "b", bytes("22", "{}")),
                PushOptions.DEFAULT)
            .topHash()
            .orElseThrow();
    header = registry.registry().open(stored).header();
    entries = new TreeMap<>();
    registry.entries(stored).forEach(this::put);
  }

  private static Change bytes(String text, String meta) {
    return new Change.PutBytes(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        Optional.empty(),
        Optional.of(json(meta)));
  }

  private void put(ManifestEntry entry) {
    entries.put(entry.logicalKey(), Optional.of(entry));
  }

  private ManifestEntry a() {
    return entries.get(LogicalKey.parse("a")).orElseThrow();
  }

  private void change(UnaryOperator<ManifestEntry> change) {
    put(change.apply(a()));
  }

  private void size(JsonNode size) {
    change(it -> new ManifestEntry(it.logicalKey(), it.physicalUri(), size, it.hash(), it.meta()));
  }

  private void hash(Optional<ObjectHash> hash) {
    change(it -> new ManifestEntry(it.logicalKey(), it.physicalUri(), it.size(), hash, it.meta()));
  }

  private void meta(ObjectNode meta) {
    change(it -> new ManifestEntry(it.logicalKey(), it.physicalUri(), it.size(), it.hash(), meta));
  }

  private boolean isPossible() {
    return isPossible(registry.registry(), stored);
  }

  private boolean isPossible(Registry where, TopHash revision) {
    return SameContent.isPossible(new Draft(header, EmptyPackage::new, entries), where, revision);
  }

  @Test
  void isTheSameWithOrWithoutItsHash() {
    assertThat(isPossible()).isTrue();
    hash(Optional.empty());
    assertThat(isPossible()).isTrue();
  }

  @Test
  void isAnotherByItsHash() {
    hash(registry.entries(stored).getLast().hash());
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherByItsSize() {
    hash(Optional.empty());
    size(StrictJson.NODES.numberNode(2));
    assertThat(isPossible()).isFalse();
  }

  /// A top hash sees the text of a number.
  @Test
  void isAnotherByTheTextOfItsSize() {
    size(StrictJson.NODES.numberNode(new BigDecimal("1.0")));
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherByItsMetadata() {
    meta(json("{\"user_meta\": {\"n\": 8}}"));
    assertThat(isPossible()).isFalse();
    meta(json("{}"));
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isTheSameWithAnotherKindOfNumber() {
    ObjectNode user = StrictJson.NODES.objectNode().put("n", (short) 7);
    ObjectNode meta = StrictJson.NODES.objectNode();
    meta.set("user_meta", user);
    assertThat(meta).isNotEqualTo(a().meta());
    meta(meta);
    assertThat(isPossible()).isTrue();
  }

  @Test
  void isAnotherByAKey() {
    ManifestEntry a = a();
    entries.remove(a.logicalKey());
    put(new ManifestEntry(LogicalKey.parse("aa"), a.physicalUri(), a.size(), a.hash(), a.meta()));
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherWhenItHasFewerEntries() {
    entries.remove(entries.lastKey());
    assertThat(isPossible()).isFalse();
    entries.clear();
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherWhenItHasMoreEntries() {
    ManifestEntry a = a();
    put(new ManifestEntry(LogicalKey.parse("c"), a.physicalUri(), a.size(), a.hash(), a.meta()));
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherByItsHeader() {
    ObjectNode json = header.json().deepCopy();
    header = new ManifestHeader(json.put("message", "another"));
    assertThat(isPossible()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no manifest\n", "{\"version\": \"v0\", \"message\": \"made\"}\nno"})
  void isAnotherWhenTheStoredOneIsDamaged(String damaged) {
    registry.put(BUCKET, ".quilt/packages/" + stored, damaged);
    assertThat(isPossible()).isFalse();
  }

  @Test
  void isAnotherWhenTheStoredOneIsGone() {
    assertThat(isPossible(registry.registry(), new TopHash("0".repeat(64)))).isFalse();
  }

  @Test
  void doesNotDecideWithoutTheStoredOne() {
    Registry silent =
        new Registry(
            new ForwardingObjectStore(registry.store()) {
              @Override
              public ObjectContent open(ObjectLocation location, ByteRange range) {
                throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "silent");
              }
            },
            BUCKET);
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> isPossible(silent, stored));
  }

  @Test
  void closesWhatItReads() {
    List<String> closed = new ArrayList<>();
    Registry watched =
        new Registry(
            new ForwardingObjectStore(registry.store()) {
              @Override
              public ObjectContent open(ObjectLocation location, ByteRange range) {
                ObjectContent content = super.open(location, range);
                return new ObjectContent(
                    content.info(),
                    new FilterInputStream(content.stream()) {
                      @Override
                      public void close() throws IOException {
                        closed.add(location.key());
                        super.close();
                      }
                    });
              }
            },
            BUCKET);
    hash(registry.entries(stored).getLast().hash());
    assertThat(isPossible(watched, stored)).isFalse();
    assertThat(closed).isNotEmpty();
  }
}
