package com.quiltdata.mcp.quilt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuiltUriTest {
  @Test
  void readsEveryPart() {
    QuiltUri uri =
        QuiltUri.parse(
            "quilt+s3://my-bucket#package=lab/mice@e21682f009&path=a%20b%2Fc%2B%23+d"
                + "&catalog=open.quiltdata.com&later=x");
    assertThat(uri)
        .isEqualTo(
            new QuiltUri(
                new BucketName("my-bucket"),
                PackageName.parse("lab/mice"),
                new RevisionReference.Hash("e21682f009"),
                Optional.of("a b/c+#+d"),
                Optional.of("open.quiltdata.com")));
  }

  @Test
  void meansLatestWithoutHashAndTag() {
    assertThat(QuiltUri.parse("quilt+s3://my-bucket#package=a/b").revision())
        .isEqualTo(new RevisionReference.Latest());
    assertThat(QuiltUri.parse("quilt+s3://my-bucket#package=a/b:latest").revision())
        .isEqualTo(new RevisionReference.Latest());
    assertThat(QuiltUri.parse("quilt+s3://my-bucket#package=a/b:1700000060").revision())
        .isEqualTo(new RevisionReference.Tag("1700000060"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quilt+s3://my-bucket#package=a/b",
        "quilt+s3://my-bucket#package=é/日本@e21682f009",
        "quilt+s3://my-bucket#package=a/b:v1.0",
        "quilt+s3://my-bucket#package=a/b&path=d%2Fe%20f%25%26%3D&catalog=x.example.com%3A8080",
        "quilt+s3://my-bucket#package=a/b&path=folder%2F"
      })
  void writesWhatItRead(String text) {
    assertThat(QuiltUri.parse(text).format()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3://my-bucket/x                              | unsupported_scheme
          quilt+s3:my-bucket#package=a/b                | invalid_argument
          quilt+s3://my-bucket/x#package=a/b            | invalid_argument
          quilt+s3://my-bucket/#package=a/b             | invalid_argument
          quilt+s3://my-bucket?x=y#package=a/b          | invalid_argument
          quilt+s3://B#package=a/b                      | invalid_bucket
          quilt+s3://my-bucket                          | invalid_argument
          quilt+s3://my-bucket#path=x                   | invalid_argument
          quilt+s3://my-bucket#package=a                | invalid_argument
          quilt+s3://my-bucket#package=a/b/c            | invalid_argument
          quilt+s3://my-bucket#package=a/b@             | invalid_argument
          quilt+s3://my-bucket#package=a/b@x:y          | invalid_argument
          quilt+s3://my-bucket#package=a/b:y@x          | invalid_argument
          quilt+s3://my-bucket#package=a/b@x@y          | invalid_argument
          quilt+s3://my-bucket#package=a/b:x:y          | invalid_argument
          quilt+s3://my-bucket#package=a/b:x/../y       | invalid_argument
          quilt+s3://my-bucket#package=a/b&package=c/d  | invalid_argument
          quilt+s3://my-bucket#package=a/b&path=x&path=y | invalid_argument
          quilt+s3://my-bucket#package=a/b&path=..%2Fx  | invalid_logical_key
          quilt+s3://my-bucket#package=a/b&path=%2Fx    | invalid_logical_key
          """)
  void refusesOtherForms(String text, String code) {
    assertThatThrownBy(() -> QuiltUri.parse(text))
        .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.code().wire()).isEqualTo(code));
  }
}
