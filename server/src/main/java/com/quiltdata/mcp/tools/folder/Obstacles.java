package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.quilt.workflow.Submission;
import com.quiltdata.mcp.quilt.workflow.Workflows;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.tools.CallerReach;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What would keep a draft from being pushed, as far as a few reads can tell.
///
/// @param reach the storage and the caller
record Obstacles(CallerReach reach) {
  /// Looks at the registry.
  ///
  /// @return sentences; none when the push looks fine
  List<String> of(FolderDraft draft) {
    FolderRequest request = draft.request();
    List<String> found = new ArrayList<>();
    try {
      if (!request.replaces()) {
        new Registry(reach.store(), request.registry())
            .findLatest(request.name())
            .ifPresent(hash ->
                found.add(
                    "The package exists already, with the latest revision %s: a call without force=true fails, unless nothing changed"
                        .formatted(hash)));
      }
      new Workflows(reach.store(), request.registry(), reach::covers)
          .check(
              request.workflow(),
              new Submission(
                  request.name(),
                  Optional.of(FolderDraft.MESSAGE),
                  Optional.of(draft.metadata()),
                  () -> new Planned(draft)));
    } catch (Fault fault) {
      if (fault.code() == FaultCode.CANCELLED || fault.code() == FaultCode.TIMEOUT) {
        throw fault;
      }
      found.add(fault.text());
    }
    return found;
  }

  /// The entries as a workflow looks at them: keys and sizes.
  private static final class Planned implements EntryCursor {
    private final ManifestHeader header;
    private final FolderDraft draft;
    private final Iterator<Map.Entry<LogicalKey, Long>> files;

    Planned(FolderDraft draft) {
      this.draft = draft;
      this.header = new ManifestHeader(StrictJson.NODES.objectNode().put("version", "v0"));
      this.files = draft.sizes().entrySet().iterator();
    }

    @Override
    public ManifestHeader header() {
      return header;
    }

    @Override
    public Optional<ManifestEntry> next() {
      if (!files.hasNext()) {
        return Optional.empty();
      }
      Map.Entry<LogicalKey, Long> file = files.next();
      return Optional.of(
          new ManifestEntry(
              file.getKey(),
              PhysicalKey.of(ObjectLocation.of(draft.request().registry(), file.getKey().value()))
                  .format(),
              StrictJson.NODES.numberNode(file.getValue()),
              Optional.empty(),
              StrictJson.NODES.objectNode()));
    }
  }
}
