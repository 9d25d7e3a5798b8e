package com.quiltdata.mcp.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Points the entries of the archive's manifests at the files of this host.
///
/// The first line stays as it is, byte for byte: it counts in the top hash, where entries' physical
/// keys do not.
final class ManifestRewrite {
  private static final String DATA = "/data/";

  private final JsonMapper json = new JsonMapper();
  private final ObjectStore store;
  private final Path temporary;
  private final Path root;

  /// A rewriting for one unpacking.
  ///
  /// @param store on the temporary folder
  /// @param temporary where the files are now, a real path
  /// @param root where they will be
  ManifestRewrite(ObjectStore store, Path temporary, Path root) {
    this.store = store;
    this.temporary = temporary;
    this.root = root;
  }

  /// Reads a manifest of the archive to its end.
  ///
  /// @return the manifest for this host
  byte[] rewrite(InputStream manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Not closed: behind the manifest the archive goes on. Its lines end in line feeds only, and no
    // string in them holds a carriage return unescaped.
    BufferedReader lines = new BufferedReader(new InputStreamReader(manifest, UTF_8));
    String header = lines.readLine();
    for (String line = header; line != null; line = lines.readLine()) {
      String text = line.equals(header) ? line : rewriteLine(line);
      out.writeBytes((text + "\n").getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private String rewriteLine(String line) {
    ObjectNode entry = (ObjectNode) json.readTree(line);
    if (!(entry.get("physical_keys") instanceof ArrayNode keys)) {
      return line;
    }
    // Below the placeholder the archive keeps the data where the manifests say.
    String path = URI.create(keys.get(0).stringValue()).getPath();
    String key = path.substring(path.indexOf(DATA) + 1);
    keys.removeAll();
    keys.add(placeOf(key).toString());
    return json.writeValueAsString(entry);
  }

  private URI placeOf(String key) {
    ObjectLocation location = ObjectLocation.of(SampleRegistry.BUCKET, key);
    Path now = Path.of(store.link(location, Duration.ZERO).uri());
    return root.resolve(temporary.relativize(now)).toUri();
  }
}
