package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TreeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A page of the contents of one revision and a summary of all of them, made in one pass over the
/// manifest; no more than the page is kept in memory.
///
/// @param header of the manifest
/// @param summary of the whole revision, whatever part is listed
/// @param items in tree order
/// @param next give it as `after` to get the next page; empty at the end
public record PackageListing(
    ManifestHeader header, ManifestSummary summary, List<ListedItem> items, Optional<String> next) {

  /// Copies the items.
  public PackageListing {
    items = List.copyOf(items);
  }

  /// Lists a part of a revision.
  ///
  /// @param manifest the revision
  /// @param request which part
  /// @return the page; without items when nothing lies below the folder
  public static PackageListing of(ManifestSource manifest, ListingRequest request) {
    return OrderedManifest.of(manifest)
        .walk(lines -> {
          Page page = new Page(request);
          SummaryCounter counter = new SummaryCounter();
          while (lines.advance()) {
            EntryLine line = lines.entry();
            LogicalKey key = new LogicalKey(line.key());
            long sizeBytes = line.sizeBytes();
            counter.add(key, sizeBytes);
            page.add(key.value(), sizeBytes, line);
          }
          page.closeFolder();
          return new PackageListing(lines.header(), counter.summary(), page.items, page.nextKey());
        });
  }

  /// Collects the items of one page.
  private static final class Page {
    private final ListingRequest request;
    private final List<ListedItem> items = new ArrayList<>();
    private Optional<ListedItem.Folder> open = Optional.empty();
    private boolean more;

    private Page(ListingRequest request) {
      this.request = request;
    }

    void add(String key, long sizeBytes, EntryLine line) {
      if (more || !key.startsWith(request.folder())) {
        return;
      }
      int cut = endOfShownPart(key);
      if (cut < 0) {
        closeFolder();
        offer(new ListedItem.File(line.entry()));
        return;
      }
      if (open.isEmpty() || !isSame(open.get().path(), key, cut)) {
        closeFolder();
        open = Optional.of(new ListedItem.Folder(key.substring(0, cut), 1, sizeBytes));
        return;
      }
      ListedItem.Folder folder = open.get();
      open =
          Optional.of(
              new ListedItem.Folder(
                  folder.path(),
                  folder.files() + 1,
                  SummaryCounter.saturated(folder.totalBytes(), sizeBytes)));
    }

    /// Where the key is cut because the listing goes no deeper, or -1.
    private int endOfShownPart(String key) {
      if (request.depth() == 0) {
        return -1;
      }
      int at = request.folder().length();
      for (int level = 0; level < request.depth(); level++) {
        int slash = key.indexOf('/', at);
        if (slash < 0) {
          return -1;
        }
        at = slash + 1;
      }
      return at;
    }

    private static boolean isSame(String folder, String key, int cut) {
      return folder.length() == cut && key.startsWith(folder);
    }

    void closeFolder() {
      open.ifPresent(this::offer);
      open = Optional.empty();
    }

    private void offer(ListedItem item) {
      if (request.after().filter(last -> !isBehind(item, last)).isPresent()) {
        return;
      }
      if (items.size() < request.limit()) {
        items.add(item);
      } else {
        more = true;
      }
    }

    private static boolean isBehind(ListedItem item, String last) {
      return TreeOrder.INSTANCE.compare(item.path(), last) > 0;
    }

    Optional<String> nextKey() {
      return more && !items.isEmpty() ? Optional.of(items.getLast().path()) : Optional.empty();
    }
  }
}
