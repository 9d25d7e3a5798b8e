package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Lists objects: one request a page.
///
/// @param conversation with the caller's credentials
record S3Listing(Conversation conversation) {
  ObjectPage page(ListRequest request) {
    Optional<ListPlace> place = ListPlace.of(request);
    ListObjectsV2Request.Builder asked =
        ListObjectsV2Request.builder()
            .bucket(request.bucket().value())
            .prefix(request.prefix())
            .maxKeys(request.limit())
            // XML cannot hold every key as it is.
            .encodingType(EncodingType.URL)
            .overrideConfiguration(conversation.signed());
    request.delimiter().filter(text -> !text.isEmpty()).ifPresent(asked::delimiter);
    place.ifPresent(from -> {
      if (from.isKey()) {
        asked.startAfter(from.text());
      } else {
        asked.continuationToken(from.text());
      }
    });
    ListObjectsV2Response answer =
        conversation.ask(
            request.bucket(),
            "bucket " + request.bucket(),
            client -> client.listObjectsV2(asked.build()));
    List<ObjectInfo> objects =
        answer.contents().stream().map(object -> info(request, object)).toList();
    List<String> prefixes = answer.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
    return new ObjectPage(
        objects,
        prefixes,
        Optional.ofNullable(answer.nextContinuationToken())
            .map(token -> ListPlace.at(token).text(request)));
  }

  private static ObjectInfo info(ListRequest request, S3Object object) {
    return new ObjectInfo(
        ObjectLocation.of(request.bucket(), object.key()),
        object.size(),
        object.lastModified(),
        Etags.bare(object.eTag()),
        Optional.empty(),
        Optional.ofNullable(object.storageClassAsString()).orElse(Etags.USUAL_CLASS),
        Map.of());
  }
}
