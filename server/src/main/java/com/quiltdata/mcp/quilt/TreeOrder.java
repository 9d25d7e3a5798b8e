package com.quiltdata.mcp.quilt;

import java.util.Arrays;
import java.util.Comparator;

/// The order of logical keys in a manifest: folder by folder, the names in each in code-point
/// order.
///
/// Equal to comparing the parts between slashes one by one, a shorter list of parts first. It is
/// not the order of the whole texts: `a/b` stands before `a b` because `a` stands before `a b`.
public final class TreeOrder implements Comparator<String> {
  /// The one instance there needs to be.
  public static final TreeOrder INSTANCE = new TreeOrder();

  @Override
  public int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /// Compares two texts in UTF-8, whose bytes are in the order of their code points.
  ///
  /// @param left holds one
  /// @param leftStart where it begins
  /// @param leftEnd where it ends
  /// @param right holds the other
  /// @param rightStart where it begins
  /// @param rightEnd where it ends
  /// @return negative, zero or positive, as a [Comparator] does
  public static int compare(
      byte[] left, int leftStart, int leftEnd, byte[] right, int rightStart, int rightEnd) {
    int same = Arrays.mismatch(left, leftStart, leftEnd, right, rightStart, rightEnd);
    if (same < 0) {
      return 0;
    }
    if (leftStart + same == leftEnd || rightStart + same == rightEnd) {
      return Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
    }
    return Integer.compare(rank(left[leftStart + same]), rank(right[rightStart + same]));
  }

  private static int rank(byte b) {
    return b == '/' ? -1 : b & 0xff;
  }

  /// A slash ends a name, so it stands before everything that goes on with the name; surrogates
  /// belong to code points above all others.
  private static int rank(char c) {
    if (c == '/') {
      return -1;
    }
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }
}
