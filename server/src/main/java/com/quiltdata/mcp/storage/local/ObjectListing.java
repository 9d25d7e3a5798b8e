package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one page of a listing from a walk over keys.
final class ObjectListing {
  private static final int MIN_WINDOW = 64;

  private final ListRequest request;
  private final Optional<String> delimiter;
  private final List<ObjectInfo> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();

  ObjectListing(ListRequest request) {
    this.request = request;
    this.delimiter = request.delimiter().filter(text -> !text.isEmpty());
  }

  ObjectPage page(Folder bucket) throws IOException {
    Optional<ListToken> token = ListToken.of(request);
    int window = Math.max(MIN_WINDOW, request.limit() + 1);
    KeyWalk walk = new KeyWalk(bucket, request.prefix(), token, window);
    for (var next = walk.next(); next.isPresent(); next = walk.next()) {
      if (objects.size() + prefixes.size() == request.limit()) {
        return new ObjectPage(objects, prefixes, token.map(lastItem -> lastItem.text(request)));
      }
      token = Optional.of(add(next.get()));
      token.filter(ListToken::isPrefix).map(ListToken::last).ifPresent(walk::skip);
    }
    return new ObjectPage(objects, prefixes, Optional.empty());
  }

  private ListToken add(KeyWalk.KeyedFile file) {
    Optional<String> prefix = commonPrefix(file.key());
    if (prefix.isPresent()) {
      prefixes.add(prefix.get());
      return new ListToken(prefix.get(), true);
    }
    ObjectLocation location = ObjectLocation.of(request.bucket(), file.key());
    objects.add(FileInfo.brief(location, file.file()));
    return new ListToken(file.key(), false);
  }

  private Optional<String> commonPrefix(String key) {
    return delimiter.flatMap(text -> {
      int at = key.indexOf(text, request.prefix().length());
      return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + text.length()));
    });
  }
}
