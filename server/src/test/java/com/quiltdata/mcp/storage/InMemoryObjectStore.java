package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Buckets in memory that behave as S3 does, versions and delete markers included.
///
/// As in S3 a listing gives neither versions nor content types nor metadata; [#find] and [#open]
/// do.
public final class InMemoryObjectStore implements ObjectStore {
  private static final String SUSPENDED_VERSION = "null";

  private final NavigableMap<BucketName, Bucket> buckets = new TreeMap<>();
  private final Clock clock;
  private int versions;

  /// An empty store on the real clock.
  public InMemoryObjectStore() {
    this(Clock.systemUTC());
  }

  /// An empty store.
  ///
  /// @param clock gives the times of objects
  public InMemoryObjectStore(Clock clock) {
    this.clock = clock;
  }

  /// Adds an empty bucket without versions.
  public BucketName addBucket(String name) {
    return addBucket(name, false);
  }

  /// Adds an empty bucket that keeps versions.
  public BucketName addVersionedBucket(String name) {
    return addBucket(name, true);
  }

  private synchronized BucketName addBucket(String name, boolean versioned) {
    BucketName bucket = new BucketName(name);
    buckets.put(bucket, new Bucket(versioned, new TreeMap<>(new KeyOrder())));
    return bucket;
  }

  /// Stores text under a key; a versioned bucket gives it a new version id.
  public ObjectInfo add(String bucket, String key, String text) {
    return add(bucket, key, text.getBytes(UTF_8));
  }

  /// Stores bytes under a key; a versioned bucket gives it a new version id.
  public ObjectInfo add(String bucket, String key, byte[] bytes) {
    return put(
        ObjectLocation.of(new BucketName(bucket), key),
        new ByteArrayInputStream(bytes),
        PutOptions.NONE);
  }

  /// Adds the newest version of an object under a given id, `null` for that of suspended versions.
  public ObjectInfo addVersion(String bucket, String key, String versionId, byte[] bytes) {
    return store(
        ObjectLocation.of(new BucketName(bucket), key).withVersion(versionId),
        bytes,
        PutOptions.NONE);
  }

  /// Hides an object behind a delete marker of a given id.
  public synchronized void addDeleteMarker(String bucket, String key, String versionId) {
    ObjectLocation location = ObjectLocation.of(new BucketName(bucket), key);
    push(info(location.withVersion(versionId), new byte[0], PutOptions.NONE), Optional.empty());
  }

  /// The whole content of an object, for assertions.
  public byte[] bytes(String uri) {
    return version(ObjectLocation.parse(uri)).flatMap(Version::bytes).orElseThrow().clone();
  }

  /// Every version of every object, delete markers included, newest first.
  public synchronized List<String> everything() {
    List<String> all = new ArrayList<>();
    buckets.forEach((name, bucket) ->
        bucket
            .objects()
            .values()
            .forEach(versions ->
                versions.forEach(one ->
                    all.add(
                        one.info().location().uri() + (one.bytes().isEmpty() ? " deleted" : "")))));
    return all;
  }

  @Override
  public synchronized List<BucketName> buckets() {
    return List.copyOf(buckets.keySet());
  }

  @Override
  public synchronized ObjectPage list(ListRequest request) {
    NavigableMap<String, Deque<Version>> keys = bucket(request.bucket()).objects();
    String delimiter = request.delimiter().orElse("");
    String last = request.token().map(token -> readToken(request, token)).orElse("");
    List<ObjectInfo> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (var entry : keys.tailMap(request.prefix(), true).entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(request.prefix())) {
        break;
      }
      Version current = entry.getValue().getFirst();
      if (current.bytes().isEmpty()) {
        continue;
      }
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, request.prefix().length());
      String item = cut < 0 ? key : key.substring(0, cut + delimiter.length());
      if ((!last.isEmpty() && new KeyOrder().compare(item, last) <= 0)
          || (cut >= 0 && item.equals(last))) {
        continue;
      }
      if (objects.size() + prefixes.size() == request.limit()) {
        return new ObjectPage(objects, prefixes, Optional.of(token(request, last)));
      }
      last = item;
      if (cut < 0) {
        objects.add(listed(current.info()));
      } else {
        prefixes.add(item);
      }
    }
    return new ObjectPage(objects, prefixes, Optional.empty());
  }

  private static ObjectInfo listed(ObjectInfo info) {
    return new ObjectInfo(
        info.location().withoutVersion(),
        info.sizeBytes(),
        info.lastModified(),
        info.etag(),
        Optional.empty(),
        info.storageClass(),
        Map.of());
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    return token(request, key);
  }

  private static String token(ListRequest request, String last) {
    String text = request.bucket() + "/" + last;
    return Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String readToken(ListRequest request, String token) {
    String start = request.bucket() + "/";
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (text.startsWith(start + request.prefix())) {
        return text.substring(start.length());
      }
    } catch (IllegalArgumentException notOurs) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "The continuation token is invalid", notOurs);
    }
    throw new Fault(FaultCode.INVALID_ARGUMENT, "The continuation token is invalid");
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return version(location).filter(found -> found.bytes().isPresent()).map(Version::info);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    Version found =
        version(location)
            .orElseThrow(
                () -> new Fault(FaultCode.NOT_FOUND, "Object %s not found".formatted(location)));
    byte[] bytes =
        found
            .bytes()
            .orElseThrow(
                () -> new Fault(FaultCode.NOT_FOUND, "Object %s not found".formatted(location)));
    int offset = (int) Math.min(range.offset(), bytes.length);
    int length = (int) Math.min(range.length(), bytes.length - offset);
    return new ObjectContent(found.info(), new ByteArrayInputStream(bytes, offset, length));
  }

  private synchronized Optional<Version> version(ObjectLocation location) {
    Deque<Version> all =
        bucket(location.bucket()).objects().getOrDefault(location.key(), new ArrayDeque<>());
    return location.versionId().isEmpty()
        ? Optional.ofNullable(all.peekFirst())
        : all.stream()
            .filter(one -> one.info().location().versionId().equals(location.versionId()))
            .findFirst();
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    if (location.versionId().isPresent()) {
      throw new Fault(FaultCode.INVALID_ARGUMENT, "A version cannot be written");
    }
    bucket(location.bucket());
    try {
      return store(location, bytes.readAllBytes(), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized ObjectInfo store(ObjectLocation location, byte[] bytes, PutOptions options) {
    ObjectLocation versioned =
        bucket(location.bucket()).versioned() && location.versionId().isEmpty()
            ? location.withVersion(nextVersion())
            : location;
    require(options.precondition(), find(location));
    ObjectInfo info = info(versioned, bytes, options);
    push(info, Optional.of(bytes));
    return info;
  }

  private static void require(Precondition precondition, Optional<ObjectInfo> old) {
    boolean holds =
        switch (precondition) {
          case Precondition.None _ -> true;
          case Precondition.Absent _ -> old.isEmpty();
          case Precondition.Unchanged(String etag) ->
              old.map(ObjectInfo::etag).filter(etag::equals).isPresent();
        };
    if (!holds) {
      throw new Fault(FaultCode.CONFLICT, "Somebody else wrote the object first");
    }
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    try (ObjectContent content = open(source, ByteRange.ALL)) {
      ObjectInfo info = content.info();
      return put(
          target, content.stream(), new PutOptions(info.contentType(), info.metadata(), condition));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return List.of();
  }

  private void push(ObjectInfo info, Optional<byte[]> bytes) {
    ObjectLocation location = info.location();
    Deque<Version> all =
        bucket(location.bucket())
            .objects()
            .computeIfAbsent(location.key(), _ -> new ArrayDeque<>());
    // The same id again, none included, replaces what was there.
    all.removeIf(one -> one.info().location().equals(location));
    all.addFirst(new Version(info, bytes));
  }

  private ObjectInfo info(ObjectLocation location, byte[] bytes, PutOptions options) {
    return new ObjectInfo(
        location,
        bytes.length,
        clock.instant(),
        md5(bytes),
        Optional.of(options.contentType().orElse("application/octet-stream")),
        "STANDARD",
        options.metadata());
  }

  @Override
  public synchronized void delete(ObjectLocation location, Precondition condition) {
    require(condition, find(location));
    Bucket bucket = bucket(location.bucket());
    Deque<Version> all = bucket.objects().get(location.key());
    if (all == null) {
      return;
    }
    if (bucket.versioned() && location.versionId().isEmpty()) {
      addDeleteMarker(location.bucket().value(), location.key(), nextVersion());
      return;
    }
    String id = location.versionId().orElse(SUSPENDED_VERSION);
    all.removeIf(one -> one.info().location().versionId().orElse(SUSPENDED_VERSION).equals(id));
    if (all.isEmpty()) {
      bucket.objects().remove(location.key());
    }
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    String path = URLEncoder.encode(location.key(), UTF_8);
    String host = "https://" + location.bucket() + ".memory.test/";
    return new ObjectLink(URI.create(host + path), Optional.of(clock.instant().plus(life)));
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    return Optional.empty();
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    return Optional.empty();
  }

  @Override
  public boolean keepsVersions() {
    return true;
  }

  private synchronized Bucket bucket(BucketName name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new Fault(FaultCode.NOT_FOUND, "Bucket %s not found".formatted(name));
    }
    return bucket;
  }

  private String nextVersion() {
    versions++;
    return "version-%06d".formatted(versions);
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Bucket(boolean versioned, NavigableMap<String, Deque<Version>> objects) {}

  /// One version, newest first in its queue; without bytes it is a delete marker.
  private record Version(ObjectInfo info, Optional<byte[]> bytes) {}
}
