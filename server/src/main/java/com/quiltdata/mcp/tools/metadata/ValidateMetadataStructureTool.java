package com.quiltdata.mcp.tools.metadata;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.template.MetadataCheck;
import com.quiltdata.mcp.quilt.template.MetadataProblem;
import com.quiltdata.mcp.quilt.template.MetadataProblem.Gravity;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `validate_metadata_structure`.
final class ValidateMetadataStructureTool implements Tool {
  /// The most bytes of metadata in a call.
  static final int MAX_BYTES = 900_000;

  // So that the result has room for the problems too.
  private static final int MAX_PROPOSAL_BYTES = 256 << 10;

  private final InstantSource clock;

  ValidateMetadataStructureTool(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "validate_metadata_structure",
        "Check metadata",
        """
        Check the metadata of a package before it is pushed: what is wrong or missing, with a suggestion \
        for each, and a proposal. With template_name it is also held against that template. \
        What a workflow of a registry demands shows when package_create is called with dry_run.\
        """,
        MetadataTools.GROUP,
        List.of(
            Parameter.structure("metadata", MAX_BYTES, "The metadata, an object").required(),
            TemplateWriter.parameter("A template that it is meant to follow")),
        result(
            member("valid", bool("Whether there is no error; warnings do not count")),
            member(
                "issues",
                array(
                    "What is odd, errors first, at most %d".formatted(MetadataCheck.MAX_PROBLEMS),
                    object(
                        "A problem",
                        member("field", string("The member; empty for the whole")),
                        member("severity", string("error or warning")),
                        member("problem", string("What is odd")),
                        member("suggestion", string("What to do"))))),
            member("suggestions", array("The same in one line each", string("A suggestion"))),
            member("field_count", integer("Members at the top")),
            member(
                "recommended_additions",
                array("Members that every package should have", string("A member"))),
            optional(
                "proposal",
                map("The metadata with what the template adds; with template_name only"))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectNode metadata = call.arguments().structure("metadata").orElseThrow();
    Optional<MetadataTemplate> template =
        call.arguments().textIfGiven("template_name").map(TemplateWriter::find);
    List<MetadataProblem> problems = MetadataCheck.problems(metadata, template);
    ObjectNode fields =
        ToolResult.fields()
            .put(
                "valid",
                problems.stream().noneMatch(problem -> problem.gravity() == Gravity.ERROR));
    ArrayNode issues = fields.putArray("issues");
    ArrayNode suggestions = fields.putArray("suggestions");
    for (MetadataProblem problem : problems) {
      issues
          .addObject()
          .put("field", problem.field())
          .put("severity", problem.gravity().name().toLowerCase(Locale.ROOT))
          .put("problem", problem.problem())
          .put("suggestion", problem.suggestion());
      suggestions.add(
          "%s: %s"
              .formatted(
                  problem.field().isEmpty() ? "Metadata" : Quoted.of(problem.field()),
                  problem.suggestion()));
    }
    fields.put("field_count", metadata.size());
    MetadataCheck.missing(metadata).forEach(fields.putArray("recommended_additions")::add);
    template
        .map(chosen -> chosen.fill(Optional.empty(), clock.instant()).setAll(metadata))
        .filter(proposal -> VisibleJson.bytes(proposal) <= MAX_PROPOSAL_BYTES)
        .ifPresent(proposal -> fields.set("proposal", proposal));
    return new ToolResult.Success(fields);
  }
}
