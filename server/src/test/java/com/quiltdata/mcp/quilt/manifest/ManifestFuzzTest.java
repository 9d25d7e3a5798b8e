package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// Any bytes as a line and as a manifest. The seeds run as tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = java.util.concurrent.TimeUnit.MINUTES)
final class ManifestFuzzTest {

  /// The short cut for plain lines and the parser say the same of each line, in the same words.
  @FuzzTest
  void readsALineInBothWays(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end > 0) {
      BothReadings.of(Arrays.copyOf(bytes, end));
    }
  }

  /// Reading ends in entries or in a fault; what was read is written, and read again as the same.
  @FuzzTest
  void writesWhatItReads(byte[] bytes) {
    OrderedManifest manifest = manifest(bytes);
    List<ManifestEntry> entries;
    byte[] written;
    try {
      entries = all(manifest);
      written = file(manifest);
    } catch (Fault e) {
      assertThat(e.code())
          .isIn(FaultCode.CORRUPT_DATA, FaultCode.TOO_LARGE, FaultCode.INVALID_ARGUMENT);
      return;
    }
    OrderedManifest again = manifest(written);
    assertThat(all(again)).isEqualTo(entries);
    assertThat(again.open().header()).isEqualTo(manifest.open().header());
    assertThat(file(again)).isEqualTo(written);
  }

  private static OrderedManifest manifest(byte[] bytes) {
    return OrderedManifest.of(() -> ManifestReader.open(new ByteArrayInputStream(bytes), "fuzz"));
  }

  private static List<ManifestEntry> all(EntrySource source) {
    List<ManifestEntry> entries = new ArrayList<>();
    source.open().forEach(entries::add);
    return entries;
  }

  private static byte[] file(EntrySource source) {
    try (InputStream stream = ManifestStream.of(source.open())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
