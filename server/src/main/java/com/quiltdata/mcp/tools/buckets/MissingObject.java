package com.quiltdata.mcp.tools.buckets;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectLocation;

/// The words for an object that is not there.
final class MissingObject {
  private MissingObject() {}

  static Fault at(ObjectLocation location) {
    String uri = Quoted.visible(location.withoutVersion().uri());
    return new Fault(
        FaultCode.NOT_FOUND,
        location
            .versionId()
            .map(version -> "Version %s not found for %s".formatted(version, uri))
            .orElse(
                "Object not found: %s. bucket_objects_list shows what is there.".formatted(uri)));
  }
}
