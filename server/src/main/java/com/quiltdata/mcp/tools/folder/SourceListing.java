package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.CallOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Lists the objects below a prefix, to the end.
///
/// @param store reads with the rights of the caller
/// @param output hears how far it is
record SourceListing(ObjectStore store, CallOutput output) {
  /// The most objects that are looked at.
  static final int MAX_OBJECTS = 100_000;

  private static final double PERCENT = 100;

  /// Objects in the order of their keys.
  ///
  /// @param wanted those of them that are
  /// @param seen how many there are
  record Listed(List<SourceObject> wanted, int seen) {}

  /// Lists.
  ///
  /// @param source where
  /// @param filter which keys are wanted
  /// @throws Fault [FaultCode#TOO_LARGE] behind the limit; [FaultCode#CANCELLED] when interrupted;
  ///   what the store throws
  Listed list(SourceFolder source, KeyFilter filter) {
    List<SourceObject> wanted = new ArrayList<>();
    int seen = 0;
    ListRequest request = ListRequest.of(source.bucket(), source.prefix());
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Fault(FaultCode.CANCELLED, "The call was given up while objects were listed");
      }
      ObjectPage page = store.list(request);
      seen += page.objects().size();
      if (seen > MAX_OBJECTS) {
        throw tooMany(source);
      }
      for (ObjectInfo object : page.objects()) {
        String key = object.location().key();
        if (filter.wants(key)) {
          wanted.add(new SourceObject(key, object.sizeBytes()));
        }
      }
      // The first hundredth of the way; a push then tells of the rest.
      output.progress(
          (double) seen / MAX_OBJECTS,
          OptionalDouble.of(PERCENT),
          "objects listed: %d".formatted(seen));
      if (page.nextToken().isEmpty()) {
        return new Listed(wanted, seen);
      }
      request = request.from(page.nextToken().get());
    }
  }

  private static Fault tooMany(SourceFolder source) {
    return new Fault(
        FaultCode.TOO_LARGE,
        "More than %,d objects lie below %s; give a longer source_prefix, and make one package of each part"
            .formatted(MAX_OBJECTS, Quoted.of(source.uri())));
  }
}
