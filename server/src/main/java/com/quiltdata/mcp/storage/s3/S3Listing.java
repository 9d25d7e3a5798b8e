package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectPage;
import java.time.DateTimeException;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/// Lists objects: one request a page.
///
/// @param conversation with the caller's credentials
record S3Listing(Conversation conversation) {
  ObjectPage page(ListRequest request) {
    Optional<ListPlace> place = ListPlace.of(request);
    TappedBody tap = new TappedBody();
    ListObjectsV2Request.Builder asked =
        ListObjectsV2Request.builder()
            .bucket(request.bucket().value())
            .prefix(request.prefix())
            .maxKeys(request.limit())
            // XML cannot hold every key as it is.
            .encodingType(EncodingType.URL)
            .overrideConfiguration(tapped(tap));
    request.delimiter().filter(text -> !text.isEmpty()).ifPresent(asked::delimiter);
    place.ifPresent(from -> {
      if (from.isKey()) {
        asked.startAfter(from.text());
      } else {
        asked.continuationToken(from.text());
      }
    });
    String subject = "bucket " + request.bucket();
    conversation.ask(request.bucket(), subject, client -> client.listObjectsV2(asked.build()));
    try {
      ObjectPage page = ListedXml.page(request, tap.bytes());
      if (page.nextToken().isPresent() && page.nextToken().equals(request.token())) {
        throw new IllegalArgumentException("the next page is this one");
      }
      return page;
    } catch (IllegalArgumentException | DateTimeException | Fault e) {
      throw S3Faults.unavailable(subject, e);
    }
  }

  private AwsRequestOverrideConfiguration tapped(TappedBody tap) {
    AwsRequestOverrideConfiguration.Builder override = conversation.signed().toBuilder();
    tap.in(override);
    return override.build();
  }
}
