package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the links of one call: the credentials are asked for once a bucket, not once a link.
final class S3Links {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Conversation conversation;
  private final InstantSource clock;
  private final Map<BucketName, LinkSigner> signers = new ConcurrentHashMap<>();

  S3Links(Conversation conversation, InstantSource clock) {
    this.conversation = conversation;
    this.clock = clock;
  }

  ObjectLink link(ObjectLocation location, Duration life) {
    return signers
        .compute(
            location.bucket(),
            (bucket, old) ->
                old != null && clock.instant().isBefore(old.madeAt().plus(FRESH))
                    ? old
                    : LinkSigner.of(conversation, bucket, clock.instant()))
        .link(location, life);
  }
}
