package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tools.Sizes;
import java.util.Map;

/// Writes a README.md: what the package holds, where it comes from, how to get it.
///
/// Names come from others, so they stand in code spans, without what would end one.
final class ReadmeText {
  private static final int MAX_FOLDERS = 200;

  private ReadmeText() {}

  static String of(
      PackageName name,
      BucketName registry,
      String source,
      String description,
      PackageDraft draft) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(name).append("\n\n");
    if (!description.isEmpty()) {
      text.append(Quoted.visible(description)).append("\n\n");
    }
    text.append(
        "%d files, %s, from %s.%n%n"
            .formatted(draft.files().size(), Sizes.human(draft.totalBytes()), code(source))
            .replace("\r", ""));
    text.append("## Contents\n\n| folder | files | size |\n| --- | --- | --- |\n");
    int rows = 0;
    Map<String, PackageDraft.Folder> folders = draft.folders();
    for (Map.Entry<String, PackageDraft.Folder> folder : folders.entrySet()) {
      if (rows++ == MAX_FOLDERS) {
        text.append("| and %d more | | |\n".formatted(folders.size() - MAX_FOLDERS));
        break;
      }
      text.append(
          "| %s | %d | %s |\n"
              .formatted(
                  folder.getKey().isEmpty() ? "(top)" : code(folder.getKey()),
                  folder.getValue().files(),
                  Sizes.human(folder.getValue().bytes())));
    }
    text.append(
        """

        ## Use

        ```python
        import quilt3

        package = quilt3.Package.browse("%s", registry="s3://%s")
        package.fetch("data/")
        ```
        """
            .formatted(name, registry));
    return text.toString();
  }

  private static String code(String text) {
    return "`" + Quoted.visible(text).replace('`', '\'').replace("|", "\\|") + "`";
  }
}
