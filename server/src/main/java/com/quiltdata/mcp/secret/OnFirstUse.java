package com.quiltdata.mcp.secret;

import java.util.Optional;
import java.util.function.Supplier;

/// Something that is made when it is first needed. Thread-safe.
///
/// @param <T> what it is
final class OnFirstUse<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  OnFirstUse(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T one = made.orElseGet(maker);
    made = Optional.of(one);
    return one;
  }
}
