package com.quiltdata.mcp.tools.buckets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.FailingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BucketObjectInfoToolTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  private Answer info(String uri) {
    return bench.local("bucket_object_info", "s3_uri", uri);
  }

  @Test
  void tellsWhatIsKnown() {
    store.addVersionedBucket("team");
    store.put(
        ObjectLocation.of(new BucketName("team"), "a/b%20.csv"),
        new ByteArrayInputStream("1,2".getBytes(UTF_8)),
        new PutOptions(Optional.of("text/csv"), Map.of("owner", "me")));
    Answer answer = info("s3://team/a/b%20.csv").succeeds();
    assertThat(answer.names()).containsExactly("success", "object", "auth_type");
    JsonNode object = answer.get("object");
    assertThat(object.propertyNames())
        .containsExactlyInAnyOrder(
            "bucket",
            "key",
            "s3_uri",
            "size",
            "content_type",
            "last_modified",
            "etag",
            "version_id",
            "metadata",
            "storage_class");
    assertThat(object.get("key").stringValue()).isEqualTo("a/b%20.csv");
    assertThat(object.get("content_type").stringValue()).isEqualTo("text/csv");
    assertThat(object.get("metadata").get("owner").stringValue()).isEqualTo("me");
    assertThat(object.get("version_id").stringValue()).startsWith("version-");
    assertThat(bench.storageCalls()).containsExactly("find s3://team/a/b%20.csv");
  }

  @Test
  void findsAVersion() {
    store.addVersionedBucket("team");
    store.addVersion("team", "k", "v1", new byte[1]);
    store.addVersion("team", "k", "v2", new byte[2]);
    JsonNode object = info("s3://team/k?versionId=v1").succeeds().get("object");
    assertThat(object.get("size").intValue()).isEqualTo(1);
    assertThat(object.get("version_id").stringValue()).isEqualTo("v1");
  }

  @Test
  void saysWhatIsMissing() {
    store.addVersionedBucket("team");
    store.add("team", "k", "x");
    Answer version = info("s3://team/k?versionId=none");
    version.fails("not_found", "Version none not found for s3://team/k");
    assertThat(version.text("bucket")).isEqualTo("team");
    assertThat(version.text("key")).isEqualTo("k");
    info("s3://team/no\u202ene")
        .fails(
            "not_found",
            "Failed to head object: Object not found: s3://team/no\\u{202e}ne. bucket_objects_list"
                + " shows what is there.");
    info("s3://nowhere/k").fails("not_found", "Failed to head object: Bucket nowhere not found");
  }

  @Test
  void saysWhatIsDenied() {
    ToolBench denied =
        new ToolBench(new FailingObjectStore(new Fault(FaultCode.FORBIDDEN_ACTION, "Not allowed")));
    denied
        .local("bucket_object_info", "s3_uri", "s3://team/k?versionId=v1")
        .fails("forbidden_action", "Access denied for version v1 of s3://team/k");
    denied
        .local("bucket_object_info", "s3_uri", "s3://team/k")
        .fails("forbidden_action", "Failed to head object: Not allowed");
  }

  @Test
  void refusesWhatIsNoUri() {
    Answer answer = info("team/k");
    assertThat(answer.text("code")).isEqualTo("invalid_s3_uri");
    assertThat(answer.names()).doesNotContain("bucket", "key");
    bench
        .local("bucket_object_info")
        .fails(
            "invalid_argument",
            "S3_uri parameter is required for bucket_object_info. Specify the object (e.g.,"
                + " s3_uri='s3://my-bucket/data/file.csv')");
  }
}
