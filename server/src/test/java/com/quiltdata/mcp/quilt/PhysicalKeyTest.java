package com.quiltdata.mcp.quilt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PhysicalKeyTest {
  private static final long SEED = 4_711;

  static Stream<JsonNode> vectors() {
    return QuiltFixtures.vectors("physical_keys");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithTheOfficialClient(JsonNode vector) {
    String url = vector.get("url").stringValue();
    if (vector.has("error")) {
      assertThatThrownBy(() -> PhysicalKey.parse(url))
          .isInstanceOf(Fault.class)
          .hasMessage(vector.get("error").stringValue());
      return;
    }
    PhysicalKey key = PhysicalKey.parse(url);
    assertThat(key).isEqualTo(expected(vector));
    assertThat(key.format()).isEqualTo(vector.get("formatted").stringValue());
  }

  private static PhysicalKey expected(JsonNode vector) {
    String path = vector.get("path").stringValue();
    return vector.get("bucket").isNull()
        ? new PhysicalKey.LocalFile(path)
        : new PhysicalKey.S3Object(
            vector.get("bucket").stringValue(),
            path,
            Optional.ofNullable(vector.get("version").stringValue(null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/k?versionId=a&versionId=b",
        "s3://b/k?versionId",
        "s3://b/k?versionId=a&x=",
        "s3://b/%ff",
        "s3:k",
        "file:///x?y",
        "file://%2Fx"
      })
  void refusesWhatIsNotAUri(String uri) {
    assertThatThrownBy(() -> PhysicalKey.parse(uri))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.INVALID_S3_URI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://b/k", "k", "", "/x/y", "javascript:x"})
  void refusesOtherSchemes(String uri) {
    assertThatThrownBy(() -> PhysicalKey.parse(uri))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.UNSUPPORTED_SCHEME));
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder path = new StringBuilder("x");
      for (int j = random.nextInt(12); j > 0; j--) {
        int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x10ffff);
        path.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? '%' : c);
      }
      Optional<String> version =
          random.nextBoolean() ? Optional.of("v+/ %" + random.nextInt()) : Optional.empty();
      PhysicalKey object = new PhysicalKey.S3Object("bucket", path.toString(), version);
      PhysicalKey file = new PhysicalKey.LocalFile("/" + path);
      assertThat(PhysicalKey.parse(object.format())).as("seed %d", SEED).isEqualTo(object);
      assertThat(PhysicalKey.parse(file.format())).as("seed %d", SEED).isEqualTo(file);
    }
  }

  @Test
  void namesAStoredObjectLiterally() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    assertThat(PhysicalKey.parse("s3://bucket/a%20%23b?versionId=v").locate(store))
        .contains(ObjectLocation.parse("s3://bucket/a #b?versionId=v"));
    assertThat(PhysicalKey.of(ObjectLocation.parse("s3://bucket/a #b?versionId=v")).format())
        .isEqualTo("s3://bucket/a%20%23b?versionId=v");
  }

  @Test
  void namesNoObjectForAFileOutsideTheStore() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    assertThat(PhysicalKey.parse("file:///etc/passwd").locate(store)).isEmpty();
    assertThat(PhysicalKey.parse("file:///x%00y").locate(store)).isEmpty();
  }
}
