package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StorageArgumentsTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  @Test
  void knowsEveryArgumentThatNamesStorage() {
    assertThat(StorageArguments.names())
        .containsExactlyInAnyOrder(
            "bucket",
            "bucket_name",
            "registry",
            "source_bucket",
            "target_registry",
            "check_buckets",
            "s3_uri",
            "s3_uris",
            "data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'bucket':'team-data'",
        "'bucket':'s3://team-data'",
        "'bucket':'s3://team-data/'",
        "'bucket_name':'team-data'",
        "'registry':'s3://team-data'",
        "'source_bucket':'team-data'",
        "'target_registry':'s3://team-data'",
        "'check_buckets':['team-data','s3://team-data']",
        "'check_buckets':'team-data'",
        "'registry':['team-data']",
        "'s3_uri':'s3://team-data/a/../../b?x#y%2f@z'",
        "'s3_uri':'s3://team-data/k?versionId=1'",
        "'s3_uri':'s3://team-data'",
        "'s3_uri':'s3://team-data/'",
        "'s3_uris':['s3://team-data/a','s3://team-data/b',7,null]",
        "'s3_uris':'s3://team-data/a'",
        "'data':'s3://team-data/d.csv'",
      })
  void findsTheBucket(String arguments) {
    assertThat(named(arguments)).containsExactly("team-data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'bucket':''",
        "'registry':null",
        "'bucket':7",
        "'bucket':{'name':'team-data'}",
        "'s3_uris':[['s3://team-data/a']]",
        "'items':[{'bucket':'team-data'}]",
        "'data':'a,b\\n1,2'",
        "'data':{'s3_uri':'s3://team-data/a'}",
        "'data':[{'a':1}]",
        "'prefix':'s3://team-data/'",
      })
  void findsNoneWhereNoneIsNamed(String arguments) {
    assertThat(named(arguments)).isEmpty();
  }

  @Test
  void findsAllInOneCall() {
    assertThat(
            named(
                "'s3_uris':['s3://data-c/x','s3://data-d/y'],"
                    + "'registry':'data-b','bucket':'data-a'"))
        .containsExactly("data-a", "data-b", "data-c", "data-d");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket,TEAM-DATA,INVALID_BUCKET,Access denied to bucket TEAM-DATA",
    "bucket,s3://a_b,INVALID_BUCKET,Access denied to bucket a_b",
    "registry,s3://team-data/x,INVALID_BUCKET,Invalid bucket name 'team-data/x'",
    "registry,s3:///team-data,INVALID_BUCKET,Invalid bucket name '/team-data'",
    "registry,S3://team-data,INVALID_BUCKET,Invalid bucket name 'S3://team-data'",
    "bucket,'team-data ',INVALID_BUCKET,Invalid bucket name 'team-data '",
    "bucket,te\u0430m-data,INVALID_BUCKET,Invalid bucket name",
    "bucket,'team-data\u0000',INVALID_BUCKET,Invalid bucket name 'team-data\\u{0}'",
    "check_buckets,arn:aws:s3:::team-data,INVALID_BUCKET,Invalid bucket name",
    "s3_uri,team-data,INVALID_S3_URI,Invalid S3 URI: 'team-data' does not begin with s3://",
    "s3_uri,S3://team-data/k,INVALID_S3_URI,Invalid S3 URI",
    "s3_uri,' s3://team-data/k',INVALID_S3_URI,Invalid S3 URI",
    "s3_uri,s3://,INVALID_S3_URI,Invalid bucket name ''",
    "s3_uri,s3:///k,INVALID_S3_URI,Invalid bucket name ''",
    "s3_uri,s3://team-data:443/k,INVALID_S3_URI,Invalid bucket name 'team-data:443'",
    "s3_uri,s3://x@other-data/k,INVALID_S3_URI,Access denied to bucket other-data",
    "s3_uri,s3://team-data%2f../k,INVALID_S3_URI,Invalid bucket name 'team-data%2f..'",
    "s3_uri,s3://team-data?x=1/k,INVALID_S3_URI,Invalid bucket name",
    "s3_uri,s3://team-data/k?versionId=,INVALID_S3_URI,Invalid S3 URI: a version id",
    "s3_uris,s3://Team-Data/k,INVALID_S3_URI,Access denied to bucket Team-Data",
    "data,S3://team-data/k,INVALID_S3_URI,Invalid S3 URI",
    "data,' s3://team-data/k',INVALID_S3_URI,Invalid S3 URI",
  })
  void saysWhatCannotBeRead(String argument, String value, FaultCode code, String text) {
    var arguments = StrictJson.NODES.objectNode().put(argument, value);
    if (!(StorageArguments.in(arguments) instanceof NamedBuckets.Malformed malformed)) {
      throw new AssertionError("taken: " + value);
    }
    assertThat(malformed.code()).isEqualTo(code);
    assertThat(malformed.text()).startsWith(text);
    assertThat(malformed.text().codePoints()).noneMatch(Character::isISOControl);
  }

  private static List<String> named(String arguments) {
    var node = JSON.read("{%s}".formatted(arguments.replace('\'', '"')));
    if (StorageArguments.in(node) instanceof NamedBuckets.Named named) {
      return named.buckets().stream().map(BucketName::value).toList();
    }
    throw new AssertionError("not readable: " + arguments);
  }
}
