package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the caller should know of a draft: a sentence for each kind of surprise, with a few
/// examples.
final class DraftWarnings {
  private static final int EXAMPLES = 3;

  private DraftWarnings() {}

  static List<String> of(FolderDraft draft) {
    List<String> warnings = new ArrayList<>();
    Map<SkipReason, List<String>> skipped = new EnumMap<>(SkipReason.class);
    draft
        .plan()
        .skipped()
        .forEach(
            one -> skipped.computeIfAbsent(one.reason(), _ -> new ArrayList<>()).add(one.key()));
    skipped.forEach((reason, keys) ->
        warnings.add(
            "%s left out, because %s: %s"
                .formatted(
                    keys.size() == 1 ? "1 object is" : keys.size() + " objects are",
                    reason.words(),
                    examples(keys))));
    List<LogicalKey> moved = draft.plan().moved();
    if (!moved.isEmpty()) {
      warnings.add(
          "%d files would have had the same path as another file or folder, and have another one: %s"
              .formatted(moved.size(), examples(moved.stream().map(LogicalKey::value).toList())));
    }
    if (draft.request().addsReadme() && draft.readme().isEmpty()) {
      warnings.add(notAdded(Readme.NAME));
    }
    if (!draft.summary().isEmpty() && !draft.hasSummary()) {
      warnings.add(notAdded(SummaryFile.NAME));
    }
    return warnings;
  }

  private static String notAdded(String name) {
    return "The source has a %s of its own, so none is written".formatted(name);
  }

  private static String examples(List<String> keys) {
    return keys.stream().limit(EXAMPLES).map(Quoted::of).collect(Collectors.joining(", "))
        + (keys.size() > EXAMPLES ? ", …" : "");
  }
}
