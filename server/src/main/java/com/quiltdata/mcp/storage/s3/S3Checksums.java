package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.StoredChecksum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesParts;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectPart;

/// The checksums that S3 keeps with objects. One made of those of parts is told only where all
/// parts but the last are of one size.
///
/// @param conversation with the caller's credentials
record S3Checksums(Conversation conversation) {
  private static final int PARTS_A_PAGE = 1_000;

  /// None where S3, or whoever stands in for it, tells none.
  List<StoredChecksum> of(ObjectLocation location) {
    Optional<HeadObjectResponse> head =
        new S3Reading(conversation).head(location, r -> r.checksumMode(ChecksumMode.ENABLED));
    if (head.isEmpty()) {
      return List.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    values.put("SHA256", head.get().checksumSHA256());
    values.put("CRC64NVME", head.get().checksumCRC64NVME());
    values.put("CRC32C", head.get().checksumCRC32C());
    values.put("CRC32", head.get().checksumCRC32());
    values.put("SHA1", head.get().checksumSHA1());
    List<StoredChecksum> checksums = new ArrayList<>();
    long partSize = -1;
    for (Map.Entry<String, String> one : values.entrySet()) {
      String value = one.getValue();
      if (value == null) {
        continue;
      }
      int dash = value.indexOf('-');
      if (dash < 0) {
        checksums.add(new StoredChecksum(one.getKey(), value, 0));
        continue;
      }
      partSize = partSize < 0 ? partSize(location, head.get()) : partSize;
      if (partSize > 0) {
        checksums.add(new StoredChecksum(one.getKey(), value.substring(0, dash), partSize));
      }
    }
    return checksums;
  }

  /// The bytes of each part but the last; 0 where they differ or are not told.
  private long partSize(ObjectLocation location, HeadObjectResponse head) {
    List<ObjectPart> parts = new ArrayList<>();
    try {
      GetObjectAttributesParts page;
      do {
        page = page(location, head, parts.size());
        if (page == null || page.parts().isEmpty()) {
          return 0;
        }
        parts.addAll(page.parts());
      } while (Boolean.TRUE.equals(page.isTruncated()));
    } catch (Fault notTold) {
      return 0;
    }
    long size = parts.getFirst().size();
    boolean areEqual =
        parts.subList(0, parts.size() - 1).stream().allMatch(part -> part.size() == size)
            && parts.getLast().size() <= size;
    return areEqual ? size : 0;
  }

  private GetObjectAttributesParts page(
      ObjectLocation location, HeadObjectResponse head, int behind) {
    return conversation
        .ask(
            location.bucket(),
            Quoted.of(location.uri()),
            client ->
                client.getObjectAttributes(r ->
                    r.bucket(location.bucket().value())
                        .key(location.key())
                        .versionId(
                            Optional.ofNullable(head.versionId())
                                .or(location::versionId)
                                .orElse(null))
                        .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                        .maxParts(PARTS_A_PAGE)
                        .partNumberMarker(behind == 0 ? null : behind)
                        .overrideConfiguration(conversation.signed())))
        .objectParts();
  }
}
