package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which buckets the arguments of one call name.
public sealed interface NamedBuckets {
  /// Every storage argument can be read.
  ///
  /// @param buckets in the order they are named, empty when the call names none
  record Named(Set<BucketName> buckets) implements NamedBuckets {
    /// Copies the set and keeps its order.
    public Named {
      buckets = Collections.unmodifiableSet(new LinkedHashSet<>(buckets));
    }
  }

  /// A storage argument is no bucket name or no S3 URI; nobody may guess which bucket was meant.
  ///
  /// @param code [FaultCode#INVALID_BUCKET] or [FaultCode#INVALID_S3_URI]
  /// @param text for the caller
  record Malformed(FaultCode code, String text) implements NamedBuckets {}
}
