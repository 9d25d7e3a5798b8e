package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.Optional;

/// A schema that a config names.
///
/// @param rules what it says
/// @param url where exactly it was read
record SchemaFile(RuleSchema rules, String url) {
  private static final StrictJson JSON = new StrictJson(new JsonLimits(64, 100_000, 100, 4_096));

  /// Reads one.
  ///
  /// @param id its name in the config
  /// @param url as the config has it
  /// @param files with the rights of the caller
  /// @param ofFolder whether the registry is a folder: only such a one may name files
  static SchemaFile load(String id, String url, StoredFiles files, boolean ofFolder) {
    StoredFiles.Stored stored =
        files
            .find(location(id, url, files, ofFolder))
            .orElseThrow(() -> unusable(id, "is not there"));
    try {
      return new SchemaFile(RuleSchema.of(JSON.read(stored.bytes())), stored.url());
    } catch (MalformedJsonException e) {
      throw unusable(id, String.valueOf(e.getMessage()));
    } catch (Fault e) {
      throw unusable(id, e.text());
    }
  }

  private static ObjectLocation location(
      String id, String url, StoredFiles files, boolean ofFolder) {
    Optional<ObjectLocation> location;
    try {
      PhysicalKey key = PhysicalKey.parse(url);
      boolean isAllowed =
          switch (key) {
            case PhysicalKey.S3Object _ -> true;
            case PhysicalKey.LocalFile _ -> ofFolder;
          };
      if (!isAllowed) {
        throw unusable(id, "is a file of some host, and the registry is a bucket");
      }
      location = key.locate(files.store());
    } catch (Fault e) {
      throw e.code() == FaultCode.CORRUPT_DATA ? e : unusable(id, e.text());
    }
    return location.orElseThrow(() -> unusable(id, "is outside of what this server serves"));
  }

  private static Fault unusable(String id, String why) {
    return new Fault(
        FaultCode.CORRUPT_DATA,
        "Schema %s of the workflows config cannot be used: %s".formatted(Quoted.of(id), why));
  }
}
