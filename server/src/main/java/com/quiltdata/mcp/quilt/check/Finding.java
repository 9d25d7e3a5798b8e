package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.Optional;
import java.util.OptionalInt;

/// Something that is wrong with a package.
///
/// @param code what
/// @param key which file; empty when it is the manifest as a whole, or the key cannot be read
/// @param line of the manifest, from 1; empty when it is about no line
/// @param text a sentence for people
public record Finding(FindingCode code, Optional<LogicalKey> key, OptionalInt line, String text) {}
