package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.regions.Region;

/// Calls of S3 that are meant to fail, and what they leave behind. They run on virtual threads, as
/// those of the server do.
final class OutageBench {
  static final BucketName BUCKET = new BucketName("some-bucket");
  static final ObjectLocation PLACE = ObjectLocation.of(BUCKET, "some/key");
  static final String ETAG = "ETag: \"e1\"\r\n";
  static final String TIME = "Last-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n";
  static final byte[] EMPTY_LIST = "<ListBucketResult></ListBucketResult>".getBytes(UTF_8);

  /// Something that asks S3.
  interface Call {
    void run(S3ObjectStore store) throws Exception;
  }

  static final Call LIST = store -> store.list(ListRequest.of(BUCKET, ""));
  static final Call FIND = store -> store.find(PLACE);
  static final Call READ =
      store -> {
        try (ObjectContent content = store.open(PLACE, ByteRange.ALL)) {
          content.stream().readNBytes(100);
        }
      };
  private static final Call WRITE =
      store -> store.put(PLACE, new ByteArrayInputStream(new byte[] {'x'}), PutOptions.NONE);

  /// One of each kind.
  static final List<Call> CALLS = List.of(LIST, FIND, READ, WRITE, S3ObjectStore::buckets);

  private OutageBench() {}

  /// Runs a call to its end.
  ///
  /// @return why it failed
  static Optional<Throwable> run(Call call, S3ObjectStore store) throws InterruptedException {
    AtomicReference<Optional<Throwable>> end = new AtomicReference<>(Optional.empty());
    Thread thread =
        Thread.ofVirtual()
            .start(() -> end.set(Optional.ofNullable(catchThrowable(() -> call.run(store)))));
    thread.join();
    return end.get();
  }

  static Fault fails(Call call, S3ObjectStore store) throws InterruptedException {
    Throwable end = run(call, store).orElseThrow(() -> new AssertionError("it did not fail"));
    assertThat(end).isInstanceOf(Fault.class);
    return (Fault) end;
  }

  static void assertFreeConnections(AwsServices services, int count) {
    assertThat(services.upstream("Amazon S3", Region.US_EAST_1).freeConnections()).isEqualTo(count);
  }
}
