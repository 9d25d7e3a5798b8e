package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Any text as an S3 URI or the name of a bucket, held to the rules written a second time: S3's
/// naming rules, and a URI that is nothing but `s3://`, name, slash, key and perhaps one version.
/// The seeds run as tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LocationFuzzTest {
  @FuzzTest
  void readsOrRefusesAnyUri(byte[] utf8) {
    String text = new String(utf8, UTF_8);
    Optional<ObjectLocation> read = uri(text);
    assertThat(read.isPresent()).as(text).isEqualTo(isUri(text));
    read.ifPresent(location -> {
      assertThat(location.uri()).isEqualTo(text);
      assertThat(ObjectLocation.parse(location.uri())).isEqualTo(location);
      assertThat(text).startsWith("s3://" + location.bucket() + "/" + location.key());
    });
  }

  @FuzzTest
  void readsOrRefusesAnyBucket(byte[] utf8) {
    String text = new String(utf8, UTF_8);
    Optional<BucketName> read = bucket(text);
    assertThat(read.isPresent()).as(text).isEqualTo(isName(bare(text)));
    read.ifPresent(name -> assertThat(BucketName.parse(name.value())).isEqualTo(name));
  }

  private static Optional<ObjectLocation> uri(String text) {
    try {
      return Optional.of(ObjectLocation.parse(text));
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.INVALID_S3_URI);
      assertThat(e.text()).hasSizeLessThan(2_000);
      return Optional.empty();
    }
  }

  private static Optional<BucketName> bucket(String text) {
    try {
      return Optional.of(BucketName.parse(text));
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.INVALID_BUCKET);
      return Optional.empty();
    }
  }

  private static String bare(String text) {
    if (!text.startsWith("s3://")) {
      return text;
    }
    String name = text.substring(5);
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isUri(String text) {
    String[] parts = text.split("/", 4);
    if (parts.length < 4 || !parts[0].equals("s3:") || !parts[1].isEmpty() || !isName(parts[2])) {
      return false;
    }
    String[] key = parts[3].split("\\?versionId=", -1);
    boolean hasVersion = key.length == 2;
    return key.length <= 2
        && (!hasVersion || (isVersion(key[1]) && !key[1].contains("&")))
        && !key[0].isEmpty()
        && key[0].getBytes(UTF_8).length <= 1_024;
  }

  private static boolean isVersion(String text) {
    return !text.isEmpty()
        && text.length() <= 1_024
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean isName(String name) {
    return name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        && !name.contains("..")
        && !name.contains(".-")
        && !name.contains("-.")
        && !name.matches("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")
        && List.of("xn--", "sthree-", "amzn-s3-demo-").stream().noneMatch(name::startsWith)
        && List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3").stream()
            .noneMatch(name::endsWith);
  }
}
