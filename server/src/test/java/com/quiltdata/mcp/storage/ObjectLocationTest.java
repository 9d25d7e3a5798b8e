package com.quiltdata.mcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectLocationTest {
  private static final BucketName BUCKET = new BucketName("team-data");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "/a",
        "//",
        "../b",
        "a/./b",
        "a%2fb",
        "%",
        "%zz",
        "100%",
        "a+b",
        "a b",
        "a#b",
        "a?b",
        "a?x=y",
        "a?versionid=1",
        "versionId=1",
        "a\nb",
        "é",
        "😀",
        "s3://other/x",
        "x@y:z"
      })
  void takesKeyLiterally(String key) {
    ObjectLocation location = ObjectLocation.parse("s3://team-data/" + key);
    assertThat(location).isEqualTo(new ObjectLocation(BUCKET, key, Optional.empty()));
    assertThat(location.uri()).isEqualTo("s3://team-data/" + key);
  }

  @ParameterizedTest
  @MethodSource("com.quiltdata.mcp.storage.OddKeys#chosen")
  void readsBackWhatItWrites(String key) {
    ObjectLocation location = ObjectLocation.of(BUCKET, key);
    assertThat(ObjectLocation.parse(location.uri())).isEqualTo(location);
    ObjectLocation version = location.withVersion("null");
    assertThat(ObjectLocation.parse(version.uri())).isEqualTo(version);
    assertThat(version.withoutVersion()).isEqualTo(location);
  }

  @Test
  void readsFinalVersion() {
    assertThat(ObjectLocation.parse("s3://team-data/a?b?versionId=3HL4kqtJ.x_-/+=1"))
        .isEqualTo(new ObjectLocation(BUCKET, "a?b", Optional.of("3HL4kqtJ.x_-/+=1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "team-data",
        "team-data/a",
        "s3://",
        "s3://team-data",
        "s3://team-data/",
        "s3:///a",
        "S3://team-data/a",
        " s3://team-data/a",
        "s3:team-data/a",
        "s3:/team-data/a",
        "s3a://team-data/a",
        "file:///team-data/a",
        "https://team-data/a",
        "s3://a@b",
        "s3://a@team-data/x",
        "s3://a/../b",
        "s3://team-data:443/a",
        "s3://team-data#f/a",
        "s3://team-data?x=/a",
        "s3://team-data%2fa/b",
        "s3://Team-data/a",
        "s3://te\u0430m-data/a",
        "s3://arn:aws:s3:::team-data/a",
        "s3://*/a",
        "s3://192.168.5.123/a",
        "s3://team-data-s3alias/a",
        "s3://../a",
        "s3://team-data\0/a",
        "s3://team-data/a?versionId=",
        "s3://team-data/?versionId=1",
        "s3://team-data/a?versionId=1?versionId=2",
        "s3://team-data/a?versionId=1&versionId=2",
        "s3://team-data/a?versionId=1&x=2",
        "s3://team-data/a?versionId=1 2",
        "s3://team-data/a?versionId=é",
        "s3://team-data/a?versionId=\u0001",
        "s3://team-data/\ud83d"
      })
  void refusesEverythingElse(String text) {
    Fault fault = catchThrowableOfType(Fault.class, () -> ObjectLocation.parse(text));
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_S3_URI);
    assertThat(fault.text()).startsWith("Invalid S3 URI: ").hasSizeLessThan(200);
  }

  @Test
  void limitsLengths() {
    String start = "s3://team-data/";
    assertThat(ObjectLocation.parse(start + "é".repeat(512)).key()).hasSize(512);
    assertThat(ObjectLocation.parse(start + "a?versionId=" + "v".repeat(1_024)).versionId())
        .isPresent();
    for (String tooLong :
        new String[] {
          "é".repeat(512) + "x", "x".repeat(1_025), "a?versionId=" + "v".repeat(1_025)
        }) {
      assertThat(
              catchThrowableOfType(Fault.class, () -> ObjectLocation.parse(start + tooLong)).code())
          .isEqualTo(FaultCode.INVALID_S3_URI);
    }
  }
}
