package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.Optional;

/// What a package starts from that is made from nothing.
record EmptyPackage(ManifestHeader header) implements EntryCursor {
  EmptyPackage() {
    this(NewHeader.empty());
  }

  @Override
  public Optional<ManifestEntry> next() {
    return Optional.empty();
  }
}
