package com.quiltdata.mcp.quilt.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ObjectHashTest {
  static Stream<JsonNode> bigObjects() {
    return QuiltFixtures.bigObjects().values().stream();
  }

  static Stream<JsonNode> chunkSizes() {
    return QuiltFixtures.expected().get("chunk_sizes").valueStream();
  }

  @ParameterizedTest
  @MethodSource("bigObjects")
  void agreesWithTheOfficialClient(JsonNode object) throws IOException {
    long size = object.get("size").longValue();
    for (HashKind kind : HashKind.values()) {
      ObjectHash hash = ObjectHash.compute(kind, QuiltFixtures.generate(object), size);
      assertThat(hash)
          .isEqualTo(new ObjectHash(kind.wire(), object.get(kind.wire()).stringValue()));
    }
    assertThat(Chunking.chunkSize(size)).isEqualTo(object.get("chunk_size").longValue());
  }

  @ParameterizedTest
  @MethodSource("chunkSizes")
  void doublesChunksUntilTenThousandAreEnough(JsonNode vector) {
    assertThat(Chunking.chunkSize(vector.get("size").longValue()))
        .isEqualTo(vector.get("chunk_size").longValue());
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "8", "9", "13"})
  void hashesTheSameInPiecesOfAnySize(int piece) {
    byte[] bytes = "123456789, and then some more than eight".getBytes(US_ASCII);
    for (HashKind kind : HashKind.values()) {
      ObjectHasher whole = ObjectHasher.of(kind, bytes.length);
      whole.update(bytes, bytes.length);
      ObjectHasher pieces = ObjectHasher.of(kind, bytes.length);
      for (int i = 0; i < bytes.length; i += piece) {
        byte[] part = java.util.Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
        pieces.update(part, part.length);
      }
      assertThat(pieces.digest()).isEqualTo(whole.digest());
    }
  }

  @Test
  void knowsTheCheckValueOfItsCrc() {
    Crc64Nvme crc = new Crc64Nvme();
    crc.update("123456789".getBytes(US_ASCII), 9);
    assertThat(crc.value()).isEqualTo(0xAE8B14860A799888L);
  }

  @Test
  void verifiesBytes() throws IOException {
    ObjectHash hash = new ObjectHash("CRC64NVME", "AAAAAAAAAAA=");
    assertThat(hash.matches(new ByteArrayInputStream(new byte[0]), 0)).isTrue();
    assertThat(hash.matches(new ByteArrayInputStream(new byte[1]), 1)).isFalse();
  }

  @Test
  void keepsUnknownTypesButVerifiesNothingWithThem() {
    ObjectHash hash = new ObjectHash("BLAKE9", "x");
    assertThat(hash.kind()).isEmpty();
    assertThatThrownBy(() -> hash.matches(new ByteArrayInputStream(new byte[0]), 0))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA))
        .hasMessage("The hash type 'BLAKE9' is not known");
  }

  @Test
  void refusesAnotherLength() {
    assertThatThrownBy(
            () -> ObjectHash.compute(HashKind.SHA256, new ByteArrayInputStream(new byte[3]), 4))
        .isInstanceOf(Fault.class)
        .hasMessage("Expected 4 bytes, found 3");
  }
}
