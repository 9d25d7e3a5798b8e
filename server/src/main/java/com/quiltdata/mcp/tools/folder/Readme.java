package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tools.Sizes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The `README.md` of a package. Says what there is, in numbers that were counted; the same plan
/// gives the same text.
///
/// @param name the package
/// @param registry the bucket it goes to
/// @param description what the caller says of it; may be empty
/// @param source where the objects come from
/// @param plan its files
/// @param contents the same in numbers
record Readme(
    PackageName name,
    BucketName registry,
    String description,
    SourceFolder source,
    FolderPlan plan,
    FolderContents contents) {
  /// Its logical key.
  static final String NAME = "README.md";

  private static final int MAX_ROWS = 50;
  private static final int MAX_SAMPLES = 10;

  /// The text, with a line end at its end.
  String text() {
    String purpose =
        description.isBlank()
            ? "Files of %s.".formatted(Markdown.code(source.uri()))
            : Markdown.text(description.strip());
    return """
    # %s

    %s

    ## Contents

    %s, %s.

    %s

    ## File types

    %s

    ## Some of the files

    %s

    ## Source

    The files are objects of %s.%s

    ## Use

    ```python
    import quilt3

    package = quilt3.Package.browse("%s", registry="s3://%s")
    ```
    """
        .formatted(
            Markdown.text(name.value()),
            purpose,
            count(contents.files(), "file"),
            Sizes.human(contents.bytes()),
            folders(),
            types(),
            samples(),
            Markdown.code(source.uri()),
            leftOut(),
            name.value(),
            registry);
  }

  private String folders() {
    return table(
        "Folder",
        contents.folders().stream()
            .map(folder ->
                row(
                    folder.path().isEmpty() ? "top" : Markdown.cell(folder.path() + "/"),
                    folder.files(),
                    folder.bytes()))
            .toList());
  }

  private String types() {
    return table(
        "Type",
        contents.types().stream()
            .map(type -> row(Markdown.cell(type.name()), type.files(), type.bytes()))
            .toList());
  }

  private static String row(String first, long files, long bytes) {
    return "| %s | %d | %s |".formatted(first, files, Sizes.human(bytes));
  }

  private static String table(String first, List<String> rows) {
    String more =
        rows.size() > MAX_ROWS ? "\n\nAnd %d more.".formatted(rows.size() - MAX_ROWS) : "";
    return "| %s | Files | Size |\n| --- | ---: | ---: |\n".formatted(first)
        + rows.stream().limit(MAX_ROWS).collect(Collectors.joining("\n"))
        + more;
  }

  private String samples() {
    return plan.files().entrySet().stream()
        .limit(MAX_SAMPLES)
        .map(file -> sample(file))
        .collect(Collectors.joining("\n"));
  }

  private static String sample(Map.Entry<LogicalKey, SourceObject> file) {
    return "- %s (%s)"
        .formatted(Markdown.code(file.getKey().value()), Sizes.human(file.getValue().sizeBytes()));
  }

  private String leftOut() {
    return switch (plan.skipped().size()) {
      case 0 -> "";
      case 1 -> " 1 other was left out, because its key is no good path.";
      default ->
          " %d others were left out, because their keys are no good paths."
              .formatted(plan.skipped().size());
    };
  }

  private static String count(long number, String what) {
    return "%d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }
}
