package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What S3 is sent, where the stand-ins do not care.
final class S3RequestsTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");
  private static final ObjectLocation PLACE = ObjectLocation.of(BUCKET, "a");

  /// Answers as a bucket of one object of so many bytes, whose copies get checksums.
  private static FakeS3 bucket(long bytes) {
    return new FakeS3((asked, out) -> {
      if (asked.is("HEAD")) {
        out.write(
            "HTTP/1.1 200 X\r\nContent-Length: %d\r\nETag: \"e1\"\r\nLast-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n\r\n"
                .formatted(bytes));
        return true;
      }
      String xml = "<CopyObjectResult><ETag>\"e1\"</ETag></CopyObjectResult>";
      if (asked.is("POST") && asked.line().contains("uploads")) {
        xml =
            "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";
      } else if (asked.is("POST")) {
        xml = "<CompleteMultipartUploadResult><ETag>\"e1\"</ETag></CompleteMultipartUploadResult>";
      } else if (asked.line().contains("partNumber=")) {
        xml =
            "<CopyPartResult><ETag>\"p\"</ETag><ChecksumSHA256>c%s</ChecksumSHA256></CopyPartResult>"
                .formatted(asked.headers().get("x-amz-copy-source-range").hashCode());
      }
      return out.send(200, "application/xml", xml.getBytes(UTF_8), "ETag: \"e1\"\r\n");
    });
  }

  private static FakeS3.Asked only(FakeS3 s3, String start) {
    List<FakeS3.Asked> found = s3.asked().stream().filter(asked -> asked.is(start)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void writesComeWithTheirChecksumAndCondition() {
    try (FakeS3 s3 = bucket(1)) {
      s3.patientStore()
          .put(
              PLACE,
              new ByteArrayInputStream("x".getBytes(UTF_8)),
              PutOptions.NONE.when(Precondition.ABSENT));
      assertThat(only(s3, "PUT").headers())
          .containsEntry("if-none-match", "*")
          .containsEntry("x-amz-checksum-sha256", "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=")
          .doesNotContainKey("transfer-encoding")
          .containsEntry("content-length", "1");
    }
  }

  @Test
  void copiesAskForTheirChecksumAndCondition() {
    try (FakeS3 s3 = bucket(100)) {
      s3.patientStore()
          .copy(
              ObjectLocation.of(BUCKET, "from é").withVersion("v1"),
              PLACE,
              new Precondition.Unchanged("e1"));
      assertThat(only(s3, "PUT").headers())
          .containsEntry("x-amz-copy-source", "some-bucket/from%20%C3%A9?versionId=v1")
          .containsEntry("x-amz-copy-source-if-match", "\"e1\"")
          .containsEntry("x-amz-checksum-algorithm", "SHA256")
          .containsEntry("if-match", "\"e1\"");
    }
  }

  @Test
  void longCopiesAreMadeOfChunksWithChecksums() {
    try (FakeS3 s3 = bucket((16L << 20) + 1)) {
      s3.patientStore().copy(ObjectLocation.of(BUCKET, "from"), PLACE);
      assertThat(
              s3.asked().stream()
                  .filter(asked -> asked.is("PUT"))
                  .map(asked -> asked.headers().get("x-amz-copy-source-range")))
          .containsExactlyInAnyOrder(
              "bytes=0-8388607", "bytes=8388608-16777215", "bytes=16777216-16777216");
      FakeS3.Asked complete =
          s3.asked().stream()
              .filter(asked -> asked.is("POST") && asked.line().contains("uploadId=u1"))
              .findFirst()
              .orElseThrow();
      assertThat(new String(complete.body(), UTF_8))
          .contains("<PartNumber>3</PartNumber>")
          .containsSubsequence("<ChecksumSHA256>c", "<ChecksumSHA256>c", "<ChecksumSHA256>c");
    }
  }

  @Test
  void regionsAreThoseThatS3Names() {
    assertThat(BucketRegions.named(refusal("ap-southeast-2"))).contains(Region.AP_SOUTHEAST_2);
    for (String odd : List.of("", "evil.example.com/", "eu-west-1.evil.com", "EU", "a/b-c-1")) {
      assertThat(BucketRegions.named(refusal(odd))).as(odd).isEmpty();
    }
    BucketRegions regions = new BucketRegions();
    regions.put(BUCKET, Region.EU_WEST_1);
    for (int i = 0; i < 1_000; i++) {
      regions.put(new BucketName("bucket-" + i), Region.US_EAST_1);
    }
    assertThat(regions.find(BUCKET)).isEmpty();
    assertThat(regions.find(new BucketName("bucket-999"))).contains(Region.US_EAST_1);
  }

  private static S3Exception refusal(String region) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(301)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .sdkHttpResponse(
                        SdkHttpResponse.builder()
                            .statusCode(301)
                            .putHeader("x-amz-bucket-region", region)
                            .build())
                    .build())
            .build();
  }

  @Test
  void goesToTheRegionOfTheBucket() {
    S3Clients clients =
        new S3Clients(
            new S3Config(Optional.empty(), Optional.of("us-east-1"), Optional.empty()),
            new AwsServices(AwsLimits.defaults()));
    Conversation conversation = new Conversation(clients, S3Server.ANY);
    List<Region> asked = new ArrayList<>();
    String answer =
        conversation.toRegion(
            BUCKET,
            client -> {
              Region region = client.serviceClientConfiguration().region();
              asked.add(region);
              if (region.equals(Region.US_EAST_1)) {
                throw refusal("eu-central-1");
              }
              return "found";
            });
    assertThat(answer).isEqualTo("found");
    assertThat(asked).containsExactly(Region.US_EAST_1, Region.EU_CENTRAL_1);
    assertThat(conversation.region(BUCKET)).isEqualTo(Region.EU_CENTRAL_1);
  }
}
