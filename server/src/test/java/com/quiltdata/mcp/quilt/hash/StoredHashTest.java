package com.quiltdata.mcp.quilt.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.storage.StoredChecksum;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredHashTest {
  private static final long CHUNK = 8L << 20;

  private static ObjectHash computed(HashKind kind, long size) throws IOException {
    return ObjectHash.compute(kind, new RuleStream(size, 7, 1), size);
  }

  /// What S3 keeps of an object that was put in one request.
  private static StoredChecksum plain(long size) throws IOException {
    byte[] digest = HexFormat.of().parseHex(computed(HashKind.SHA256, size).value());
    return new StoredChecksum("SHA256", Base64.getEncoder().encodeToString(digest), 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, CHUNK - 1, CHUNK})
  void hashesTheDigestOfASmallObject(long size) throws IOException {
    assertThat(StoredHash.of(HashKind.SHA2_256_CHUNKED, plain(size), size))
        .contains(computed(HashKind.SHA2_256_CHUNKED, size));
  }

  @Test
  void cannotTellTheChunksOfALargeObjectFromItsDigest() throws IOException {
    assertThat(StoredHash.of(HashKind.SHA2_256_CHUNKED, plain(CHUNK + 1), CHUNK + 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8388608, 8388608, -1, true",
    "8388608, 8388608, '', true",
    "8388608, 16777216, -1, true",
    "8388608, 5242880, -2, false",
    "1, 5242880, -1, true",
    "20000000, 8388608, -3, true",
    "20000000, 8388608, '', true",
    "20000000, 8388608, -4, false",
    "20000000, 16777216, -2, false",
    "20000000, 20000000, -1, false",
    "20000000, 0, -3, false",
    "83886080000, 8388608, -10000, true",
    "83886080001, 8388608, -10001, false",
    "83886080001, 16777216, -5001, true",
    "0, 8388608, -1, false"
  })
  void takesChecksumsOfPartsThatAreTheChunks(
      long size, long partSize, String count, boolean exact) {
    String value = Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(
            StoredHash.of(
                HashKind.SHA2_256_CHUNKED,
                new StoredChecksum("SHA256", value + count, partSize),
                size))
        .isEqualTo(
            exact ? Optional.of(new ObjectHash("sha2-256-chunked", value)) : Optional.empty());
  }

  @Test
  void spellsPlainChecksumsAsManifestsDo() throws IOException {
    assertThat(StoredHash.of(HashKind.SHA256, plain(9), 9)).contains(computed(HashKind.SHA256, 9));
    ObjectHash crc = computed(HashKind.CRC64NVME, 9);
    StoredChecksum stored = new StoredChecksum("CRC64NVME", crc.value(), 0);
    assertThat(StoredHash.of(HashKind.CRC64NVME, stored, 9)).contains(crc);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, AAAAAA==, 0",
    "SHA1, AAAAAAAAAAAAAAAAAAAAAAAAAAA=, 0",
    "SHA256, AAAA, 0",
    "SHA256, not base64, 0",
    "CRC64NVME, AAAA, 0"
  })
  void knowsNothingFromOtherChecksums(String algorithm, String value, long partSize) {
    for (HashKind kind : HashKind.values()) {
      assertThat(StoredHash.of(kind, new StoredChecksum(algorithm, value, partSize), 4)).isEmpty();
    }
  }

  @Test
  void confusesNoAlgorithms() throws IOException {
    StoredChecksum crc = new StoredChecksum("CRC64NVME", "AAAAAAAAAAA=", 0);
    assertThat(StoredHash.of(HashKind.SHA256, crc, 4)).isEmpty();
    assertThat(StoredHash.of(HashKind.SHA2_256_CHUNKED, crc, 4)).isEmpty();
    assertThat(StoredHash.of(HashKind.CRC64NVME, plain(4), 4)).isEmpty();
    StoredChecksum parts = new StoredChecksum("SHA256", plain(4).value(), CHUNK);
    assertThat(StoredHash.of(HashKind.SHA256, parts, 4)).isEmpty();
  }
}
