package com.quiltdata.mcp.bench;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The entries of an imaging experiment, the same ones for the same numbers: S3 objects with
/// versions, sizes and hashes, every tenth with metadata.
///
/// A second revision differs in some of 10,000 entries. Of ten that do, one is gone, one is new,
/// and eight have other bytes. One of a hundred entries is not there at all before it changes.
final class GeneratedEntries implements EntryCursor {
  private static final int FIELDS = 16;
  private static final int WELLS = 96;
  private static final int PLATES = 32;
  private static final int PER_PLATE = FIELDS * WELLS;
  private static final int PER_RUN = PLATES * PER_PLATE;
  private static final int OF = 10_000;
  private static final int MOST_CHANGES = 1_000;
  private static final String VERSION_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

  private final int count;
  private final int changes;
  private int index;

  /// @param count how many entries, about
  /// @param changes how many of 10,000 entries are changed, up to 1,000; 0 for the first revision
  GeneratedEntries(int count, int changes) {
    this.count = count;
    this.changes = changes;
  }

  @Override
  public ManifestHeader header() {
    return new ManifestHeader(
        json(
            """
            {"version": "v0", "user_meta": {"experiment": "screen", "changes": %d}, \
            "message": "images of the screen"}\
            """
                .formatted(changes)));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  @Override
  public Optional<ManifestEntry> next() {
    while (index < count) {
      int i = index++;
      int lot = new SplittableRandom(i).nextInt(OF);
      boolean changed = lot < changes;
      if (isThere(lot, changed)) {
        return Optional.of(entry(i, new SplittableRandom(changed ? -i - 1 : i)));
      }
    }
    return Optional.empty();
  }

  private static boolean isThere(int lot, boolean changed) {
    if (lot >= MOST_CHANGES) {
      return true;
    }
    return switch (lot % 10) {
      case 0 -> !changed;
      case 1 -> changed;
      default -> true;
    };
  }

  private static ManifestEntry entry(int i, SplittableRandom random) {
    int run = i / PER_RUN;
    int plate = i % PER_RUN / PER_PLATE;
    int well = i % PER_PLATE / FIELDS;
    String path =
        "run-%05d/plate-%02d/well-%c%02d/field-%02d.ome.tiff"
            .formatted(run, plate, 'A' + well / 12, well % 12 + 1, i % FIELDS);
    return ManifestEntry.of(
        new LogicalKey("images/" + path),
        new PhysicalKey.S3Object(
            "example-lab-imaging", "screen/2026/" + path, Optional.of(version(random))),
        random.nextLong(10_000, 100_000_000),
        new ObjectHash("sha2-256-chunked", hash(random)),
        i % 10 == 0 ? meta(i, random) : JsonNodeFactory.instance.objectNode());
  }

  private static String version(SplittableRandom random) {
    StringBuilder text = new StringBuilder(32);
    for (int i = 0; i < 32; i++) {
      text.append(VERSION_CHARS.charAt(random.nextInt(VERSION_CHARS.length())));
    }
    return text.toString();
  }

  private static String hash(SplittableRandom random) {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return Base64.getEncoder().encodeToString(digest);
  }

  private static ObjectNode meta(int i, SplittableRandom random) {
    ObjectNode user = JsonNodeFactory.instance.objectNode();
    user.put("instrument", "confocal-" + random.nextInt(4));
    user.put("exposure_ms", random.nextInt(1, 400) / 4.0);
    user.put("passed", random.nextBoolean());
    user.putArray("channels").add("DAPI").add("GFP").add(i % 7);
    return JsonNodeFactory.instance.objectNode().set("user_meta", user);
  }
}
