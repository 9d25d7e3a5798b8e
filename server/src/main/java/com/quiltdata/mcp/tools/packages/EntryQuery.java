package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.tools.GlobPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Words, all of which must fit an entry. A plain word fits when it stands somewhere in the logical
/// key or, if asked for, in the user's metadata as JSON text. One with `*` or `?` must fit the
/// whole key, or the last part of it when the word has no slash. Case does not count.
///
/// @param words in lower case
/// @param patterns for keys in lower case
/// @param withMetadata whether words may stand in the metadata
record EntryQuery(List<String> words, List<NamePattern> patterns, boolean withMetadata) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /// A pattern, and what of a key it must fit.
  record NamePattern(GlobPattern pattern, boolean ofWholeKey) {}

  EntryQuery {
    words = List.copyOf(words);
    patterns = List.copyOf(patterns);
  }

  static EntryQuery parse(String text, boolean withMetadata) {
    List<String> all =
        Arrays.stream(BLANKS.split(text.toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty())
            .toList();
    if (all.isEmpty()) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT, "Argument 'query' holds no word; package_browse lists all");
    }
    return new EntryQuery(
        all.stream().filter(word -> !isPattern(word)).toList(),
        all.stream()
            .filter(EntryQuery::isPattern)
            .map(word -> new NamePattern(GlobPattern.ofWildcards(word), word.indexOf('/') >= 0))
            .toList(),
        withMetadata);
  }

  private static boolean isPattern(String word) {
    return word.indexOf('*') >= 0 || word.indexOf('?') >= 0;
  }

  boolean fits(ManifestEntry entry) {
    String key = entry.logicalKey().value().toLowerCase(Locale.ROOT);
    String name = key.substring(key.lastIndexOf('/') + 1);
    for (NamePattern one : patterns) {
      if (!one.pattern().matches(one.ofWholeKey() ? key : name)) {
        return false;
      }
    }
    String metadata = "";
    for (String word : words) {
      if (key.contains(word)) {
        continue;
      }
      if (!withMetadata) {
        return false;
      }
      if (metadata.isEmpty()) {
        metadata = entry.userMeta().map(Object::toString).orElse("{}").toLowerCase(Locale.ROOT);
      }
      if (!metadata.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
