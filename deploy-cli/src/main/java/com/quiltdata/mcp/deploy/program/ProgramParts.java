package com.quiltdata.mcp.deploy.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The program as many small jars, so that one class that changes makes a registry take a few
/// others again, and not all of them.
///
/// A class goes where its top-level class goes, and that follows from its name alone. Equal
/// programs give equal parts.
final class ProgramParts {
  /// Of about 40 KB each, 100 at most.
  static final int PARTS = 48;

  private static final String PROBE = "com/quiltdata/mcp/HealthProbe.class";
  private static final LocalDateTime ZERO = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ProgramParts() {}

  /// Writes `NAME` with the manifest, `program/*.jar` with the classes and `bin/health.jar` with
  /// what the health command needs.
  ///
  /// @param program the jar as it was built; its manifest names the libraries
  /// @param folder where to
  static void write(Path program, Path folder) throws IOException {
    try (JarFile jar = new JarFile(program.toFile())) {
      Map<String, List<ZipEntry>> parts = dealt(jar);
      Files.createDirectories(folder.resolve("program"));
      Files.createDirectories(folder.resolve("bin"));
      for (var part : parts.entrySet()) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(part.getKey()))) {
          copy(jar, part.getValue(), out);
        }
      }
      ZipEntry probe = jar.getEntry(PROBE);
      try (OutputStream out = Files.newOutputStream(folder.resolve("bin/health.jar"))) {
        copy(jar, probe == null ? List.of() : List.of(probe), out);
      }
      try (OutputStream out = Files.newOutputStream(folder.resolve(program.getFileName()))) {
        manifest(jar.getManifest().getMainAttributes(), parts.keySet().stream(), out);
      }
    }
  }

  private static Map<String, List<ZipEntry>> dealt(JarFile jar) {
    Map<String, List<ZipEntry>> parts = new TreeMap<>();
    jar.stream()
        .filter(entry -> !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME))
        .sorted(Comparator.comparing(ZipEntry::getName))
        .forEach(entry ->
            parts.computeIfAbsent(part(entry.getName()), _ -> new ArrayList<>()).add(entry));
    return parts;
  }

  private static String part(String name) {
    int inner = name.indexOf('$');
    String outer = inner < 0 ? name.replaceFirst("\\.class$", "") : name.substring(0, inner);
    return "program/%02d.jar".formatted(Math.floorMod(outer.hashCode(), PARTS));
  }

  private static void copy(JarFile jar, List<ZipEntry> entries, OutputStream out)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntry entry : entries) {
        add(zip, entry.getName());
        try (InputStream content = jar.getInputStream(entry)) {
          content.transferTo(zip);
        }
        zip.closeEntry();
      }
    }
  }

  private static void manifest(Attributes built, Stream<String> parts, OutputStream out)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, built.getValue(Attributes.Name.MAIN_CLASS));
    main.put(
        Attributes.Name.CLASS_PATH,
        String.join(" ", parts.toList()) + " " + built.getValue(Attributes.Name.CLASS_PATH));
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, JarFile.MANIFEST_NAME);
      manifest.write(zip);
      zip.closeEntry();
    }
  }

  private static void add(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ZERO);
    zip.putNextEntry(entry);
  }
}
