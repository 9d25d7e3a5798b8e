package com.quiltdata.mcp.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A link to an object.
///
/// @param uri `https:` for S3, `file:` for a local folder
/// @param expiresAt when it stops working; empty when it does not
public record ObjectLink(URI uri, Optional<Instant> expiresAt) {}
