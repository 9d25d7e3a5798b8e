package com.quiltdata.mcp.checker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Opens a registry as a stranger would and says what is wrong with it: layout, pointers, text and
/// order of manifests, top hashes, and sizes and hashes of all bytes.
public final class RegistryChecker {
  private static final String MANIFESTS = ".quilt/packages/";
  private static final String POINTERS = ".quilt/named_packages/";
  private static final String OBJECTS = ".quilt/objects/";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern POINTER =
      Pattern.compile(
          Pattern.quote(POINTERS) + "([\\w-]+/[\\w-]+)/([^/]+)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final List<String> PLACES =
      List.of(MANIFESTS, POINTERS, OBJECTS, ".quilt/workflows/", ".quilt/catalog/");

  private final Shelf shelf;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Map<String, String>> packages = new TreeMap<>();

  private RegistryChecker(Shelf shelf) {
    this.shelf = shelf;
  }

  /// Checks everything.
  ///
  /// @return what is wrong; empty when all is well
  public static List<String> problems(Shelf shelf) {
    try {
      RegistryChecker checker = new RegistryChecker(shelf);
      checker.check();
      return checker.problems;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The revisions that a registry names: package, then pointer, then top hash.
  public static Map<String, Map<String, String>> packages(Shelf shelf) {
    try {
      RegistryChecker checker = new RegistryChecker(shelf);
      checker.pointers();
      return checker.packages;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void check() throws IOException {
    for (String key : shelf.keys(".quilt/")) {
      if (PLACES.stream().noneMatch(key::startsWith)) {
        problems.add("%s has no place in the layout".formatted(key));
      }
    }
    pointers();
    packages.forEach((name, pointers) -> {
      if (!pointers.containsKey("latest")) {
        problems.add("package %s has no latest".formatted(name));
      }
      if (pointers.keySet().stream().noneMatch(pointer -> pointer.matches("[0-9]+"))) {
        problems.add("package %s has no pointer with a time".formatted(name));
      }
    });
    manifests();
    objects();
  }

  private void pointers() throws IOException {
    Set<String> manifests = new HashSet<>(shelf.keys(MANIFESTS));
    for (String key : shelf.keys(POINTERS)) {
      Matcher matcher = POINTER.matcher(key);
      String text = new String(read(key).orElse(new byte[0]), ISO_8859_1);
      if (!matcher.matches()) {
        problems.add("%s is no pointer".formatted(key));
      } else if (!HASH.matcher(text).matches()) {
        problems.add("pointer %s holds '%s'".formatted(key, text));
      } else {
        packages
            .computeIfAbsent(matcher.group(1), _ -> new TreeMap<>())
            .put(matcher.group(2), text);
        if (!manifests.contains(MANIFESTS + text)) {
          problems.add("pointer %s names a manifest that is not there".formatted(key));
        }
      }
    }
  }

  private void manifests() throws IOException {
    for (String key : shelf.keys(MANIFESTS)) {
      String name = key.substring(MANIFESTS.length());
      if (HASH.matcher(name).matches()) {
        new ManifestChecker(shelf, name, problems).check(read(key).orElseThrow());
      } else {
        problems.add("%s is not named as a manifest".formatted(key));
      }
    }
  }

  /// Places that are named by their bytes hold those.
  private void objects() throws IOException {
    for (String key : shelf.keys(OBJECTS)) {
      String digits = key.substring(OBJECTS.length()).split("/", -1)[0];
      byte[] bytes = read(key).orElseThrow();
      byte[] hash = ReferenceHash.chunked(new java.io.ByteArrayInputStream(bytes), bytes.length);
      if (!HexFormat.of().formatHex(hash).equals(digits)) {
        problems.add("%s holds other bytes".formatted(key));
      }
    }
  }

  private Optional<byte[]> read(String key) throws IOException {
    Optional<InputStream> opened = shelf.open(key);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = opened.get()) {
      return Optional.of(in.readAllBytes());
    }
  }
}
