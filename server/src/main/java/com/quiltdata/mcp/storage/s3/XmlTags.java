package com.quiltdata.mcp.storage.s3;

/// The tags of an XML text, one after the other, and the text behind each. For answers of S3, which
/// have no declarations of their own, no processing instructions and no sections of raw text.
final class XmlTags {
  private final String xml;
  private int nameStart;
  private int nameEnd;
  private int tagEnd;
  private boolean isEnd;

  /// Goes to the beginning.
  XmlTags(String xml) {
    this.xml = xml;
  }

  /// Goes to the next tag.
  ///
  /// @return false where there is none
  /// @throws IllegalArgumentException where a tag does not end
  boolean next() {
    int open = xml.indexOf('<', tagEnd);
    while (open >= 0 && open + 1 < xml.length() && isHead(xml.charAt(open + 1))) {
      open = xml.indexOf('<', endOf(open));
    }
    if (open < 0) {
      return false;
    }
    tagEnd = endOf(open);
    isEnd = xml.charAt(open + 1) == '/';
    nameStart = isEnd ? open + 2 : open + 1;
    nameEnd = nameStart;
    while (nameEnd < tagEnd - 1 && isName(xml.charAt(nameEnd))) {
      nameEnd++;
    }
    return true;
  }

  private int endOf(int open) {
    int close = xml.indexOf('>', open);
    if (close < 0) {
      throw new IllegalArgumentException("a tag does not end");
    }
    return close + 1;
  }

  private static boolean isHead(char c) {
    return c == '?' || c == '!';
  }

  private static boolean isName(char c) {
    return c > ' ' && c != '/' && c != '>';
  }

  /// Goes to the next tag, which has to begin an element of this name.
  ///
  /// @throws IllegalArgumentException when it does not
  void require(String name) {
    if (!next() || isEnd || !is(name)) {
      throw new IllegalArgumentException("the answer is no " + name);
    }
  }

  /// Whether the tag ends an element.
  boolean isEnd() {
    return isEnd;
  }

  /// Whether the tag has this name.
  boolean is(String name) {
    return nameEnd - nameStart == name.length() && xml.startsWith(name, nameStart);
  }

  /// The text between the tag and the next one.
  ///
  /// @throws IllegalArgumentException where no tag follows, or a reference has no meaning
  String text() {
    boolean isEmpty = xml.charAt(tagEnd - 2) == '/';
    int end = xml.indexOf('<', tagEnd);
    if (end < 0) {
      throw new IllegalArgumentException("an element does not end");
    }
    String text = isEmpty ? "" : xml.substring(tagEnd, end);
    return text.indexOf('&') < 0 ? text : resolved(text);
  }

  private static String resolved(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '&') {
        out.append(c);
        at++;
        continue;
      }
      int end = text.indexOf(';', at);
      if (end < 0) {
        throw new IllegalArgumentException("a reference does not end");
      }
      out.appendCodePoint(character(text.substring(at + 1, end)));
      at = end + 1;
    }
    return out.toString();
  }

  private static int character(String reference) {
    return switch (reference) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> {
        if (reference.startsWith("#x")) {
          yield Integer.parseInt(reference, 2, reference.length(), 16);
        }
        if (reference.startsWith("#")) {
          yield Integer.parseInt(reference, 1, reference.length(), 10);
        }
        throw new IllegalArgumentException("a reference has no meaning");
      }
    };
  }
}
