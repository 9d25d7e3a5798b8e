package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.quilt.template.TemplateField;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.tool.Arguments;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Makes drafts of packages from the arguments of a call.
///
/// @param clock for the date of creation
/// @param name the package
/// @param registry that will hold it
/// @param source bucket of the objects
record Drafting(InstantSource clock, PackageName name, BucketName registry, BucketName source) {

  PackageDraft draft(Arguments arguments, SourceObjects objects) {
    SortedMap<LogicalKey, ObjectInfo> files =
        FolderPlan.of(objects, arguments.flag("auto_organize"));
    PackageDraft bare =
        new PackageDraft(files, metadata(arguments), Optional.empty(), Optional.empty());
    Optional<String> readme =
        arguments.flag("generate_readme") && !files.containsKey(PackageDraft.README)
            ? Optional.of(
                ReadmeText.of(name, registry, uri(arguments), arguments.text("description"), bare))
            : Optional.empty();
    boolean hasReadme = readme.isPresent() || files.containsKey(PackageDraft.README);
    return new PackageDraft(
        files,
        bare.metadata(),
        readme,
        files.containsKey(PackageDraft.SUMMARY)
            ? Optional.empty()
            : Optional.of(SummaryRows.of(files.keySet(), hasReadme))
                .filter(rows -> !rows.isEmpty()));
  }

  private String uri(Arguments arguments) {
    return "s3://%s/%s".formatted(source, arguments.text("source_prefix"));
  }

  String message(Arguments arguments) {
    return "Created from " + uri(arguments);
  }

  /// The template without what nobody filled in.
  private ObjectNode metadata(Arguments arguments) {
    ObjectNode own = arguments.structure("metadata").orElseGet(StrictJson.NODES::objectNode);
    ObjectNode metadata =
        template(arguments)
            .fill(
                arguments.text("description"),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                own);
    for (TemplateField field : template(arguments).missing(metadata)) {
      if (!own.has(field.name())) {
        metadata.remove(field.name());
      }
    }
    if (!own.has("source")) {
      metadata.put("source", uri(arguments));
    }
    return metadata;
  }

  private static MetadataTemplate template(Arguments arguments) {
    return MetadataTemplate.of(arguments.text("metadata_template")).orElseThrow();
  }

  List<String> warnings(Arguments arguments, SourceObjects objects, PackageDraft draft) {
    List<String> warnings = new ArrayList<>(objects.warnings());
    for (LogicalKey own : List.of(PackageDraft.README, PackageDraft.SUMMARY)) {
      if (draft.files().containsKey(own)) {
        warnings.add("%s of the source is kept, none was made".formatted(Quoted.of(own.value())));
      }
    }
    List<TemplateField> missing = template(arguments).missing(draft.metadata());
    if (!missing.isEmpty()) {
      warnings.add(
          "The template %s has more fields, which package_update_metadata can add: %s"
              .formatted(
                  template(arguments).wire(),
                  missing.stream().map(TemplateField::name).collect(Collectors.joining(", "))));
    }
    return warnings;
  }
}
