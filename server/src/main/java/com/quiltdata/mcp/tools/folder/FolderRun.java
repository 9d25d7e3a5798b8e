package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.quilt.push.Expected;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.quilt.push.Push;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.quilt.push.PushOutcome;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.Confirmation;
import com.quiltdata.mcp.tools.ProgressRelay;
import java.time.InstantSource;
import java.util.Optional;

/// One call, from the listing to the push. Can be run again with the user's answer.
///
/// @param reach the storage and the caller
/// @param clock for dates
/// @param catalog what results link to
/// @param request what is asked for
/// @param isPreview whether nothing is written
/// @param confirms whether the user is asked, where the client can
record FolderRun(
    CallerReach reach,
    InstantSource clock,
    CatalogConfig catalog,
    FolderRequest request,
    boolean isPreview,
    boolean confirms) {
  /// README and `quilt_summarize.json` are changes too.
  private static final int MAX_FILES = PackageEdit.MAX_CHANGES - 2;

  ToolResult run(Input input, CallOutput output) {
    SourceListing.Listed listed;
    try {
      listed = new SourceListing(reach.store(), output).list(request.source(), request.filter());
    } catch (Fault fault) {
      throwIfOver(fault);
      return FolderFailure.noSource(fault);
    }
    FolderPlan plan = FolderPlan.of(listed.wanted(), request.source(), request.organises());
    if (plan.files().isEmpty()) {
      return FolderFailure.nothingFound(listed.seen(), plan.skipped().size());
    }
    if (plan.files().size() > MAX_FILES) {
      return FolderFailure.notCreated(
          new Fault(
              FaultCode.TOO_LARGE,
              "%,d files are more than the %,d that one call can package"
                  .formatted(plan.files().size(), MAX_FILES)));
    }
    FolderDraft draft = FolderDraft.of(request, plan, clock.instant());
    FolderResult result = new FolderResult(draft, CallerLabel.of(reach.caller()));
    if (isPreview) {
      return result.preview(new Obstacles(reach).of(draft));
    }
    Optional<ToolResult> obstacle =
        confirms
            ? new Confirmation(StructureQuestion.of(draft), "No package was created")
                .obstacle(input, true)
            : Optional.empty();
    return obstacle.orElseGet(() -> pushed(draft, result, output));
  }

  private ToolResult pushed(FolderDraft draft, FolderResult result, CallOutput output) {
    try {
      PushOptions options =
          PushOptions.DEFAULT
              .copying(request.copies())
              .expecting(request.replaces() ? Expected.ANYTHING : Expected.NOTHING)
              .checkedBy(request.workflow());
      PushOutcome outcome =
          new Push(reach.store(), request.registry(), reach::covers, clock)
              .push(request.name(), draft.edit(), options, new ProgressRelay(output));
      return result.created(
          outcome, clock.instant(), catalog.packageUrl(request.registry(), request.name()));
    } catch (Fault fault) {
      throwIfOver(fault);
      return FolderFailure.notCreated(fault);
    }
  }

  /// That nobody waits any more is no failure of a bucket.
  private static void throwIfOver(Fault fault) {
    if (fault.code() == FaultCode.CANCELLED || fault.code() == FaultCode.TIMEOUT) {
      throw fault;
    }
  }
}
