package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A store in a process that ends at one of its calls, before or after it was done. From then on
/// nothing reaches the store.
final class MortalStore extends CallByCallStore {
  private final int last;
  private final boolean done;

  /// @param store what is reached
  /// @param last the number of the call at which the process ends, from 1
  /// @param done whether that call still has its effect
  MortalStore(ObjectStore store, int last, boolean done) {
    super(store);
    this.last = last;
    this.done = done;
  }

  /// The end of the process.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  void before(int number) {
    if (number > last || (number == last && !done)) {
      throw new Killed();
    }
  }

  @Override
  void behind(int number) {
    if (number == last) {
      throw new Killed();
    }
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    call(() -> {
      super.delete(location, condition);
      return location;
    });
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    return call(() -> super.file(location));
  }

  @Override
  public List<BucketName> buckets() {
    return call(super::buckets);
  }
}
