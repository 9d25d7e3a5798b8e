package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InMemoryObjectStoreTest extends ObjectStoreContract {
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final BucketName contractBucket = store.addBucket("contract-bucket");
  private final BucketName contractVersions = store.addVersionedBucket("contract-versions");

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketName bucket() {
    return contractBucket;
  }

  @Override
  protected Optional<BucketName> versionedBucket() {
    return Optional.of(contractVersions);
  }

  @Test
  void keepsVersionsAndDeleteMarkers() {
    BucketName bucket = store.addVersionedBucket("bucket-v");
    store.addVersion("bucket-v", "a", "one", "1".getBytes(UTF_8));
    store.addVersion("bucket-v", "a", "null", "22".getBytes(UTF_8));
    ObjectLocation key = ObjectLocation.of(bucket, "a");

    assertThat(store.find(key).orElseThrow().location()).isEqualTo(key.withVersion("null"));
    store.addDeleteMarker("bucket-v", "a", "gone");
    assertThat(store.find(key)).isEmpty();
    assertThat(store.find(key.withVersion("gone"))).isEmpty();
    assertThat(store.list(ListRequest.of(bucket, "")).objects()).isEmpty();
    assertThat(store.bytes("s3://bucket-v/a?versionId=one")).asString().isEqualTo("1");

    store.delete(key.withVersion("gone"));
    assertThat(store.find(key).orElseThrow().sizeBytes()).isEqualTo(2);
    store.delete(key);
    assertThat(store.find(key)).isEmpty();
    assertThat(store.find(key.withVersion("null"))).isPresent();
  }

  @Test
  void givesEachWriteOfAVersionedBucketItsOwnId() {
    store.addVersionedBucket("bucket-v");
    ObjectInfo first = store.add("bucket-v", "a", "1");
    ObjectInfo second = store.add("bucket-v", "a", "2");

    assertThat(first.location()).isNotEqualTo(second.location());
    assertThat(store.find(first.location())).contains(first);
    assertThat(store.find(first.location().withoutVersion())).contains(second);
  }

  @Test
  void keepsOneVersionWhereBucketHasNone() {
    store.addBucket("bucket-u");
    store.add("bucket-u", "a", "1");
    ObjectInfo second = store.add("bucket-u", "a", "2");

    assertThat(second.location().versionId()).isEmpty();
    assertThat(store.bytes("s3://bucket-u/a")).asString().isEqualTo("2");
    store.delete(second.location());
    assertThat(store.find(second.location())).isEmpty();
  }
}
