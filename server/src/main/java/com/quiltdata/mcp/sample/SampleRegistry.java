package com.quiltdata.mcp.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Real packages with their bytes, shipped as an archive and unpacked once for each archive and
/// place.
public final class SampleRegistry {
  /// The bucket that the packages are in.
  public static final BucketName BUCKET = new BucketName("quilt-sample");

  private static final String MANIFESTS = ".quilt/packages/";
  private static final int DIGEST_CHARS = 16;

  private final URL archive =
      Objects.requireNonNull(SampleRegistry.class.getResource("registry.zip"), "registry.zip");

  /// Makes sure that the sample is there.
  ///
  /// Several processes may do this at once: each unpacks into a folder of its own, and the first to
  /// give it its final name wins. What somebody wrote into the sample since stays.
  ///
  /// @param cacheFolder where it is kept; made when it is missing
  /// @return the root, a folder whose one sub-folder is [#BUCKET]
  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when the folder cannot be written
  public Path materialise(Path cacheFolder) {
    try {
      // Manifests name files by absolute paths, so the place is a part of the name.
      Path cache = Files.createDirectories(cacheFolder).toRealPath();
      Path root = cache.resolve("sample-" + digest(cache));
      if (!Files.isDirectory(root)) {
        unpack(cache.resolve(".sample-" + UUID.randomUUID()), root);
      }
      return root;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE, "The sample registry could not be unpacked", e);
    }
  }

  private String digest(Path cache) throws IOException {
    try (InputStream in = archive.openStream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[8_192];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
      digest.update(cache.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a Java without SHA-256", e);
    }
  }

  private void unpack(Path temporary, Path root) throws IOException {
    Files.createDirectories(temporary.resolve(BUCKET.value()));
    try {
      LocalObjectStore store = new LocalObjectStore(temporary);
      ManifestRewrite rewrite = new ManifestRewrite(store, temporary, root);
      try (ZipInputStream zip = new ZipInputStream(archive.openStream())) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          ObjectLocation location = ObjectLocation.of(BUCKET, entry.getName());
          InputStream bytes =
              entry.getName().startsWith(MANIFESTS)
                  ? new ByteArrayInputStream(rewrite.rewrite(zip))
                  : zip;
          store.put(location, bytes, PutOptions.NONE);
        }
      }
      publish(temporary, root);
    } finally {
      delete(temporary);
    }
  }

  private static void publish(Path temporary, Path root) throws IOException {
    try {
      Files.move(temporary, root, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process was faster: a folder that is not empty is never replaced.
      if (!Files.isDirectory(root)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, IOException failure)
              throws IOException {
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
