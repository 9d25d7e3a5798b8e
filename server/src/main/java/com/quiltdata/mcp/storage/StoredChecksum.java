package com.quiltdata.mcp.storage;

/// A checksum that a store keeps with an object.
///
/// @param algorithm as S3 names it, for example `SHA256` or `CRC64NVME`
/// @param value base64, of the whole object unless there are parts
/// @param partSize bytes of each part but the last, when the value is a checksum over the checksums
///   of parts; 0 when it is one over the bytes
public record StoredChecksum(String algorithm, String value, long partSize) {}
