package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.ObjectStoreContract;
import com.quiltdata.mcp.storage.Weakness;
import java.util.Optional;
import java.util.Set;

final class MotoContractTest extends ObjectStoreContract {
  private final S3Server server = MotoServer.server();
  private final ObjectStore store = server.store();
  private final BucketName bucket = server.bucket();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketName bucket() {
    return bucket;
  }

  @Override
  protected Optional<BucketName> versionedBucket() {
    return Optional.of(server.versionedBucket());
  }

  @Override
  protected Set<Weakness> weaknesses() {
    return Set.of(Weakness.NO_VERSION);
  }

  @Override
  protected boolean takesKey(String key) {
    return !key.contains("\n");
  }

  @Override
  protected int randomKeys() {
    return 40;
  }

  @Override
  protected int manyObjects() {
    return 1_050;
  }
}
