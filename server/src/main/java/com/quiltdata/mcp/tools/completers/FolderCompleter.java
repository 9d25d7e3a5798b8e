package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proposes folders of a bucket, each with its final slash, one level at a time. The folder in
/// which a registry keeps its packages is none.
///
/// @param bucket which one
record FolderCompleter(ChosenBucket bucket) implements Completer {
  private static final String REGISTRY = ".quilt/";

  /// Folders among very many objects are not all found.
  private static final int MAX_PAGES = 3;

  @Override
  public Completion complete(CompletionCall call) {
    return bucket
        .in(call)
        .map(reached -> folders(reached, call.typed()))
        .orElseGet(Completion::none);
  }

  private static Completion folders(ChosenBucket.Reached reached, String typed) {
    List<String> folders = new ArrayList<>();
    ListRequest request = ListRequest.of(reached.bucket(), typed).delimitedBy("/");
    for (int pages = 1; ; pages++) {
      ObjectPage page = reached.store().list(request);
      page.commonPrefixes().stream()
          .filter(folder -> !folder.startsWith(REGISTRY))
          .forEach(folders::add);
      Optional<String> next = page.nextToken();
      if (next.isEmpty() || pages == MAX_PAGES || folders.size() > Completion.MAX_VALUES) {
        return Completion.of(folders, next.isPresent());
      }
      request = request.from(next.get());
    }
  }
}
