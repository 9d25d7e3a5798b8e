package com.quiltdata.mcp.quilt.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the pointers of packages.
///
/// A pointer holds 64 lower-case hexadecimal digits. One line feed behind them is tolerated,
/// because the official client tolerates it when it lists; anything else is
/// [FaultCode#CORRUPT_DATA].
final class Pointers {
  private static final int MAX_POINTERS = 10_000;
  // One more than digits and line feed, to see that there is nothing else.
  private static final int MAX_BYTES = TopHash.LENGTH + 2;

  private final ObjectStore store;
  private final BucketName bucket;

  Pointers(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /// Reads one pointer.
  ///
  /// @return the pointer, or empty when there is none of that name
  Optional<Pointer> find(PackageName name, String pointer) {
    try (ObjectContent content =
        store.open(RegistryLayout.pointer(bucket, name, pointer), ByteRange.first(MAX_BYTES))) {
      String text = new String(content.stream().readNBytes(MAX_BYTES), ISO_8859_1);
      if (text.endsWith("\n")) {
        text = text.substring(0, text.length() - 1);
      }
      if (!TopHash.isValid(text)) {
        throw new Fault(
            FaultCode.CORRUPT_DATA,
            "Pointer %s of package %s in registry s3://%s holds no hash"
                .formatted(pointer, name, bucket));
      }
      ObjectInfo info = content.info();
      return Optional.of(new Pointer(pointer, new TopHash(text), info.lastModified(), info.etag()));
    } catch (Fault e) {
      if (e.code() == FaultCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "Pointer %s of package %s in registry s3://%s could not be read"
              .formatted(pointer, name, bucket),
          e);
    }
  }

  /// The names of all pointers of a package; none when there is no such package.
  List<String> names(PackageName name) {
    String folder = RegistryLayout.pointers(name);
    List<String> names = new ArrayList<>();
    ListRequest request = ListRequest.of(bucket, folder).delimitedBy("/");
    while (true) {
      ObjectPage page = store.list(request);
      for (ObjectInfo info : page.objects()) {
        String pointer = info.location().key().substring(folder.length());
        if (!pointer.isEmpty()) {
          names.add(pointer);
        }
      }
      if (names.size() > MAX_POINTERS) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "Package %s has more than %d pointers".formatted(name, MAX_POINTERS));
      }
      if (page.nextToken().isEmpty()) {
        return names;
      }
      request = request.from(page.nextToken().get());
    }
  }
}
