package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Lists the names of packages: with a delimiter, namespaces first and then the names in each, so
/// that pointers are not listed. Folders whose names break the rules are passed over.
final class PackageNames {
  private static final String SLASH = "/";

  private final ObjectStore store;
  private final BucketName bucket;

  PackageNames(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  PackagePage list(String prefix, int limit, Optional<PackageName> after) {
    Page page = new Page(limit, after);
    int slash = prefix.indexOf('/');
    if (slash >= 0) {
      namesIn(prefix.substring(0, slash), prefix.substring(slash + 1), page);
    } else {
      folders(prefix, namespace -> page.isBefore(namespace) || namesIn(namespace, "", page));
    }
    return page.finish();
  }

  private boolean namesIn(String namespace, String namePrefix, Page page) {
    return folders(namespace + SLASH + namePrefix, page::offer);
  }

  /// Shows folders to a visitor until it says no.
  ///
  /// @return false when it did
  private boolean folders(String prefix, Predicate<String> visitor) {
    ListRequest request =
        ListRequest.of(bucket, RegistryLayout.POINTERS + prefix).delimitedBy(SLASH);
    while (true) {
      ObjectPage page = store.list(request);
      for (String folder : page.commonPrefixes()) {
        String path =
            folder.substring(RegistryLayout.POINTERS.length(), folder.length() - SLASH.length());
        if (!visitor.test(path)) {
          return false;
        }
      }
      if (page.nextToken().isEmpty()) {
        return true;
      }
      request = request.from(page.nextToken().get());
    }
  }

  /// Collects names behind a given one until there are enough.
  private static final class Page {
    private final int limit;
    private final Optional<PackageName> after;
    private final List<PackageName> names = new ArrayList<>();
    private boolean more;

    private Page(int limit, Optional<PackageName> after) {
      this.limit = limit;
      this.after = after;
    }

    /// Whether every package of a namespace stands before the page.
    boolean isBefore(String namespace) {
      return after.isPresent()
          && PackageName.isValid(namespace + "/x")
          && !namespace.equals(after.get().namespace())
          && new PackageName(namespace + "/x").compareTo(after.get()) < 0;
    }

    boolean offer(String path) {
      if (!PackageName.isValid(path)) {
        return true;
      }
      PackageName name = new PackageName(path);
      if (after.isPresent() && name.compareTo(after.get()) <= 0) {
        return true;
      }
      more = names.size() >= limit;
      if (!more) {
        names.add(name);
      }
      return !more;
    }

    PackagePage finish() {
      return new PackagePage(
          names, more && !names.isEmpty() ? Optional.of(names.getLast()) : Optional.empty());
    }
  }
}
