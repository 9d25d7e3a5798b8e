package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.tools.Sizes;
import java.util.stream.Collectors;

/// What the user is asked before a draft becomes a package: its folders in numbers, with an example
/// of each.
final class StructureQuestion {
  private static final int MAX_FOLDERS = 10;
  // Of the plan's digest; enough to tell two plans of one source apart.
  private static final int SHORT = 12;

  private StructureQuestion() {}

  static String of(FolderDraft draft) {
    FolderContents contents = draft.contents();
    String folders =
        contents.folders().stream()
            .limit(MAX_FOLDERS)
            .map(folder ->
                "\n- %s: %d files, for example %s"
                    .formatted(
                        folder.path().isEmpty() ? "top" : Quoted.of(folder.path()),
                        folder.files(),
                        folder.samples().stream().findFirst().map(Quoted::of).orElse("")))
            .collect(Collectors.joining());
    int more = contents.folders().size() - MAX_FOLDERS;
    String warnings =
        DraftWarnings.of(draft).stream()
            .map(warning -> "\nNote: " + warning)
            .collect(Collectors.joining());
    return "Create the package %s in s3://%s, with %d files (%s) of %s? Plan %s.%s%s%s"
        .formatted(
            draft.request().name(),
            draft.request().registry(),
            contents.files(),
            Sizes.human(contents.bytes()),
            Quoted.of(draft.request().source().uri()),
            draft.plan().digest().substring(0, SHORT),
            folders,
            more > 0 ? "\n- and %d folders more".formatted(more) : "",
            warnings);
  }
}
