package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.quilt.hash.RuleStream;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golden packages that the official client wrote, with what is expected of them.
///
/// The archives are read once per JVM and kept in memory: some of their names cannot be files on
/// every host.
public final class QuiltFixtures {
  /// The registries by their names in EXPECTED.json; those of folders become buckets.
  public static final List<String> REGISTRIES =
      List.of("local", "local-wf", "fx-plain", "fx-versioned", "fx-workflows");

  private static final JsonMapper JSON = JsonMapper.shared();

  private QuiltFixtures() {}

  private static final class Loaded {
    private static final Map<String, byte[]> FILES = unzip();
    private static final JsonNode EXPECTED = read();
    private static final InMemoryObjectStore STORE = store();

    private static Map<String, byte[]> unzip() {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String archive : List.of("local.zip", "s3.zip")) {
        try (ZipInputStream zip = new ZipInputStream(resource(archive))) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
              files.put(entry.getName(), zip.readAllBytes());
            }
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Collections.unmodifiableMap(files);
    }

    private static JsonNode read() {
      try (InputStream in = resource("EXPECTED.json")) {
        return JSON.readTree(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static InputStream resource(String name) {
    return Optional.ofNullable(QuiltFixtures.class.getResourceAsStream("/quilt/" + name))
        .orElseThrow(() -> new IllegalStateException("no test resource quilt/" + name));
  }

  /// Every file of the archives by its path in them, for example `local/data/tiny/data.csv`.
  public static Map<String, byte[]> files() {
    return Loaded.FILES;
  }

  /// The whole of EXPECTED.json.
  public static JsonNode expected() {
    return Loaded.EXPECTED;
  }

  /// The test vectors of one kind.
  public static Stream<JsonNode> vectors(String kind) {
    return expected().get("vectors").get(kind).valueStream();
  }

  /// A tree of any JSON text, numbers out of range included.
  public static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /// A new store with the five registries as buckets, two of them with versions.
  ///
  /// The folder registries are the buckets `local` and `local-wf`; their entries' physical keys
  /// still are files below the placeholder root, see [#bytes].
  public static InMemoryObjectStore store() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    expected()
        .get("registries")
        .properties()
        .forEach(registry -> fill(store, registry.getKey(), registry.getValue()));
    return store;
  }

  private static void fill(InMemoryObjectStore store, String bucket, JsonNode registry) {
    String folder = registry.get("path").stringValue() + "/";
    if (registry.has("versions")) {
      store.addVersionedBucket(bucket);
      addVersions(store, bucket, folder, registry.get("versions").stringValue());
      return;
    }
    store.addBucket(bucket);
    files()
        .forEach((path, bytes) -> {
          if (path.startsWith(folder)) {
            store.add(bucket, path.substring(folder.length()), bytes);
          }
        });
  }

  /// The list has the newest version of a key first.
  private static void addVersions(
      InMemoryObjectStore store, String bucket, String folder, String list) {
    List<JsonNode> versions = new ArrayList<>();
    new String(files().get(list), java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .map(QuiltFixtures::json)
        .forEach(versions::add);
    for (JsonNode version : versions.reversed()) {
      String key = version.get("key").stringValue();
      byte[] bytes =
          version.has("body_base64")
              ? Base64.getDecoder().decode(version.get("body_base64").stringValue())
              : files().get(folder + key);
      store.addVersion(bucket, key, version.get("version_id").stringValue(), bytes);
    }
  }

  /// A registry in a store that nobody writes to.
  ///
  /// @param name one of [#REGISTRIES]
  public static Registry registry(String name) {
    return new Registry(Loaded.STORE, new BucketName(name));
  }

  /// One revision of a package as EXPECTED.json has it.
  public record ExpectedRevision(String registry, PackageName name, JsonNode json) {
    /// Its top hash.
    public TopHash hash() {
      return new TopHash(json.get("top_hash").stringValue());
    }

    @Override
    public String toString() {
      return "%s %s@%s".formatted(registry, name, hash().shortForm());
    }
  }

  /// Every revision of every package.
  public static Stream<ExpectedRevision> revisions() {
    return packages()
        .flatMap(expected ->
            expected
                .get("revisions")
                .valueStream()
                .map(revision ->
                    new ExpectedRevision(
                        expected.get("registry").stringValue(),
                        PackageName.parse(expected.get("name").stringValue()),
                        revision)));
  }

  /// Every package: `registry`, `name`, `latest`, `pointers`, `revisions`.
  public static Stream<JsonNode> packages() {
    return expected().get("packages").valueStream();
  }

  /// The bytes behind a physical key, where the fixtures have them.
  public static Optional<byte[]> bytes(PhysicalKey key) {
    return switch (key) {
      case PhysicalKey.LocalFile(String path) -> {
        String root = expected().get("placeholder_root").stringValue().substring(7);
        yield Optional.ofNullable(files().get(path.substring(root.length())));
      }
      case PhysicalKey.S3Object object -> bytes(object);
    };
  }

  private static Optional<byte[]> bytes(PhysicalKey.S3Object object) {
    return object
        .locate(Loaded.STORE)
        .map(
            where -> where.versionId().equals(Optional.of("null")) ? where.withoutVersion() : where)
        .filter(where -> Loaded.STORE.find(where).isPresent())
        .map(where -> Loaded.STORE.bytes(where.uri()));
  }

  /// Objects whose bytes follow a rule, by their logical keys.
  public static Map<String, JsonNode> bigObjects() {
    Map<String, JsonNode> objects = new HashMap<>();
    expected()
        .get("big_objects")
        .get("objects")
        .forEach(object -> objects.put(object.get("logical_key").stringValue(), object));
    return objects;
  }

  /// The bytes of a big object: byte i is `(i * mul + add) mod 251`.
  public static InputStream generate(JsonNode object) {
    JsonNode rule = object.get("rule");
    return new RuleStream(
        object.get("size").longValue(), rule.get("mul").intValue(), rule.get("add").intValue());
  }
}
