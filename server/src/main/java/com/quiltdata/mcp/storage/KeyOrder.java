package com.quiltdata.mcp.storage;

import java.util.Comparator;

/// The order of object keys: by their UTF-8 bytes, which is the order of their code points.
///
/// [String#compareTo] orders by UTF-16 units and puts U+10000 and above before U+E000 to U+FFFF.
public final class KeyOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // Of two different units at the same place a surrogate stands for the larger code point.
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
