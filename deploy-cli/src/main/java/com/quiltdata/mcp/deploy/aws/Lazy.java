package com.quiltdata.mcp.deploy.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that costs time and is made once, when it is first asked for. Thread-safe.
final class Lazy<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    T found = made;
    if (found == null) {
      found = maker.get();
      made = found;
    }
    return found;
  }
}
