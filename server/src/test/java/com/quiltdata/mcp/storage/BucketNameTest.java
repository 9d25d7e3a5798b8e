package com.quiltdata.mcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketNameTest {
  private static final String LONGEST =
      "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz";

  @ParameterizedTest
  @ValueSource(strings = {"abc", "123", "my.bucket", "a-b", "a--b", "1.2.3", "1.2.3.4.5", LONGEST})
  void takesNames(String name) {
    assertThat(new BucketName(name)).hasToString(name);
    assertThat(BucketName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "ab",
        LONGEST + "x",
        "Abc",
        "a_b",
        "-abc",
        "abc-",
        ".abc",
        "abc.",
        "a..b",
        "a.-b",
        "a-.b",
        "192.168.5.123",
        "999.1.1.1",
        "xn--abc",
        "sthree-abc",
        "amzn-s3-demo-abc",
        "abc-s3alias",
        "abc--ol-s3",
        "abc.mrap",
        "abc--x-s3",
        "abc--table-s3",
        "*",
        "team*",
        "team data",
        " team",
        "team ",
        "team\0",
        "team\n",
        "te\u0430m",
        "te\u0301am",
        "..",
        "a/b",
        "team/../other",
        "arn:aws:s3:::team",
        "user@team",
        "team:443",
        "team#x",
        "team?x",
        "team%2f",
        "s3://team"
      })
  void refusesEverythingElse(String name) {
    Fault fault = catchThrowableOfType(Fault.class, () -> new BucketName(name));
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_BUCKET);
    assertThat(fault.text()).startsWith("Invalid bucket name '").doesNotContain("\n");
    assertThat(BucketName.isValid(name)).isFalse();
  }

  @Test
  void readsNameAndRootUri() {
    assertThat(BucketName.parse("team-data")).isEqualTo(new BucketName("team-data"));
    assertThat(BucketName.parse("s3://team-data")).isEqualTo(new BucketName("team-data"));
    assertThat(BucketName.parse("s3://team-data/")).isEqualTo(new BucketName("team-data"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team-data/",
        "S3://team-data",
        "s3:team-data",
        "s3:/team-data",
        "s3://",
        "s3:///",
        "s3://a/b",
        "s3://team-data//",
        "s3://team-data/key",
        "s3://team-data/../other",
        "s3://x@team-data",
        "s3://team-data:443",
        "s3://team-data?x=y",
        "s3://team-data#x",
        "s3://s3://team-data",
        "file:///team-data",
        "https://team-data"
      })
  void refusesOtherForms(String text) {
    Fault fault = catchThrowableOfType(Fault.class, () -> BucketName.parse(text));
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_BUCKET);
  }
}
