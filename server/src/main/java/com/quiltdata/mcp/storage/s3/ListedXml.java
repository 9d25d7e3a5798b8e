package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the answer to ListObjectsV2. The SDK builds a tree of it first, which costs ten times as
/// much for a full page.
///
/// See <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>.
final class ListedXml {
  private static final String ROOT = "ListBucketResult";
  private static final int SECONDS_END = 19;

  private final ListRequest request;
  private final List<Item> items = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private Optional<String> next = Optional.empty();
  private boolean isEncoded;

  /// One object; the key is still encoded.
  private static final class Item {
    private String key = "";
    private String etag = "";
    private String storageClass = Etags.USUAL_CLASS;
    private Instant lastModified = Instant.EPOCH;
    private long size;
  }

  private ListedXml(ListRequest request) {
    this.request = request;
  }

  /// Reads a page.
  ///
  /// @param request what was asked
  /// @param bytes the body of the answer
  /// @return the page
  /// @throws IllegalArgumentException when it is no such answer, or not all of it
  /// @throws DateTimeException when a time is none
  /// @throws Fault when a key is none
  static ObjectPage page(ListRequest request, byte[] bytes) {
    ListedXml listed = new ListedXml(request);
    listed.read(new XmlTags(new String(bytes, UTF_8)));
    return listed.page();
  }

  private void read(XmlTags tags) {
    tags.require(ROOT);
    while (tags.next()) {
      if (tags.isEnd()) {
        if (tags.is(ROOT)) {
          return;
        }
      } else if (tags.is("Contents")) {
        items.add(item(tags));
      } else if (tags.is("CommonPrefixes")) {
        readPrefixes(tags);
      } else if (tags.is("NextContinuationToken")) {
        next = Optional.of(tags.text());
      } else if (tags.is("EncodingType")) {
        isEncoded = tags.text().equals("url");
      }
    }
    throw new IllegalArgumentException("the listing does not end");
  }

  private static Item item(XmlTags tags) {
    Item item = new Item();
    while (tags.next() && !(tags.isEnd() && tags.is("Contents"))) {
      if (tags.isEnd()) {
        continue;
      }
      if (tags.is("Key")) {
        item.key = tags.text();
      } else if (tags.is("LastModified")) {
        item.lastModified = time(tags.text());
      } else if (tags.is("ETag")) {
        item.etag = Etags.bare(tags.text());
      } else if (tags.is("Size")) {
        item.size = Long.parseLong(tags.text());
      } else if (tags.is("StorageClass")) {
        item.storageClass = tags.text();
      }
    }
    return item;
  }

  private void readPrefixes(XmlTags tags) {
    while (tags.next() && !(tags.isEnd() && tags.is("CommonPrefixes"))) {
      if (!tags.isEnd() && tags.is("Prefix")) {
        prefixes.add(tags.text());
      }
    }
  }

  private ObjectPage page() {
    List<ObjectInfo> objects = new ArrayList<>(items.size());
    for (Item item : items) {
      objects.add(
          new ObjectInfo(
              ObjectLocation.of(request.bucket(), decoded(item.key)),
              item.size,
              item.lastModified,
              item.etag,
              Optional.empty(),
              item.storageClass,
              Map.of()));
    }
    return new ObjectPage(
        objects,
        prefixes.stream().map(this::decoded).toList(),
        next.map(token -> ListPlace.at(token).text(request)));
  }

  private String decoded(String key) {
    boolean isPlain = key.indexOf('%') < 0 && key.indexOf('+') < 0;
    return isPlain || !isEncoded ? key : URLDecoder.decode(key, UTF_8);
  }

  /// Reads `2026-11-26T12:34:56.000Z`; its fixed form costs less than the general one.
  private static Instant time(String text) {
    boolean isUsual =
        text.length() > SECONDS_END && text.endsWith("Z") && text.charAt(SECONDS_END) == '.';
    if (!isUsual) {
      return Instant.parse(text);
    }
    LocalDateTime seconds =
        LocalDateTime.of(
            Integer.parseInt(text, 0, 4, 10),
            Integer.parseInt(text, 5, 7, 10),
            Integer.parseInt(text, 8, 10, 10),
            Integer.parseInt(text, 11, 13, 10),
            Integer.parseInt(text, 14, 16, 10),
            Integer.parseInt(text, 17, SECONDS_END, 10));
    String fraction = (text.substring(SECONDS_END + 1, text.length() - 1) + "000000000");
    return seconds.toInstant(ZoneOffset.UTC).plusNanos(Integer.parseInt(fraction, 0, 9, 10));
  }
}
