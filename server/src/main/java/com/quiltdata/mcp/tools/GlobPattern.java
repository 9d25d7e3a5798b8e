package com.quiltdata.mcp.tools;

import java.util.ArrayList;
import java.util.List;

/// A shell pattern that must fit a whole text: `*` for any characters, slashes too, `?` for one,
/// `[abc]`, `[a-z]` and `[!abc]` for one of a set, as in Python's `fnmatch`.
///
/// Matching takes at most the product of both lengths.
public final class GlobPattern {
  /// One step of a pattern: any characters, or one of some.
  private sealed interface Step {
    /// Any number of characters.
    record Run() implements Step {}

    /// One character.
    record One(CharSet set) implements Step {}
  }

  /// Which characters fit.
  private interface CharSet {
    boolean has(int c);
  }

  private final List<Step> steps;

  private GlobPattern(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /// Reads a shell pattern.
  ///
  /// @param text any text is one: a bracket without an end stands for itself
  /// @return the pattern
  public static GlobPattern of(String text) {
    return read(text, true);
  }

  /// Reads a pattern in which only `*` and `?` have a meaning.
  ///
  /// @param text any text
  /// @return the pattern
  public static GlobPattern ofWildcards(String text) {
    return read(text, false);
  }

  private static GlobPattern read(String text, boolean withSets) {
    int[] chars = text.codePoints().toArray();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < chars.length; i++) {
      int c = chars[i];
      int end = c == '[' && withSets ? endOfSet(chars, i) : -1;
      if (c == '*') {
        if (steps.isEmpty() || !(steps.getLast() instanceof Step.Run)) {
          steps.add(new Step.Run());
        }
      } else if (c == '?') {
        steps.add(new Step.One(_ -> true));
      } else if (end > 0) {
        steps.add(new Step.One(set(chars, i + 1, end)));
        i = end;
      } else {
        steps.add(new Step.One(other -> other == c));
      }
    }
    return new GlobPattern(steps);
  }

  /// Where a set ends, or -1. A bracket at its beginning belongs to it.
  private static int endOfSet(int[] chars, int start) {
    int i = start + 1;
    if (i < chars.length && chars[i] == '!') {
      i++;
    }
    i++;
    while (i < chars.length && chars[i] != ']') {
      i++;
    }
    return i < chars.length ? i : -1;
  }

  private static CharSet set(int[] chars, int start, int end) {
    boolean isNegative = chars[start] == '!';
    List<int[]> ranges = new ArrayList<>();
    for (int i = isNegative ? start + 1 : start; i < end; i++) {
      if (i + 2 < end && chars[i + 1] == '-') {
        ranges.add(new int[] {chars[i], chars[i + 2]});
        i += 2;
      } else {
        ranges.add(new int[] {chars[i], chars[i]});
      }
    }
    return c -> isNegative != ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]);
  }

  /// Whether the pattern fits.
  ///
  /// @param text as a whole
  /// @return true when it does
  public boolean matches(String text) {
    int[] chars = text.codePoints().toArray();
    int step = 0;
    int at = 0;
    int lastRun = -1;
    int retryAt = 0;
    while (at < chars.length) {
      if (step < steps.size() && steps.get(step) instanceof Step.Run) {
        lastRun = step++;
        retryAt = at;
      } else if (step < steps.size()
          && steps.get(step) instanceof Step.One(CharSet set)
          && set.has(chars[at])) {
        step++;
        at++;
      } else if (lastRun >= 0) {
        // The last run takes one character more.
        step = lastRun + 1;
        at = ++retryAt;
      } else {
        return false;
      }
    }
    while (step < steps.size() && steps.get(step) instanceof Step.Run) {
      step++;
    }
    return step == steps.size();
  }
}
