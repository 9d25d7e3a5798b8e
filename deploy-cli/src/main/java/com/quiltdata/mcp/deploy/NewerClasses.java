package com.quiltdata.mcp.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives the classes of a jar the form of a newer Java, with the stack maps that belong to it. The
/// cache of classes takes none that were compiled for Java 5, and those are checked at each start.
final class NewerClasses {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  private NewerClasses() {}

  /// Rewrites jars in place; those without old classes stay as they are.
  ///
  /// @param args paths
  public static void main(String[] args) throws IOException {
    for (String jar : args) {
      rewrite(Path.of(jar));
    }
  }

  /// Rewrites one jar in place.
  ///
  /// @return how many classes became newer
  static int rewrite(Path jar) throws IOException {
    Path made = Files.createTempFile(jar.toAbsolutePath().getParent(), ".newer", ".jar");
    int changed = 0;
    try (URLClassLoader classes =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        ZipFile old = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(made);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile format = format(classes);
      for (ZipEntry entry : List.copyOf(old.stream().toList())) {
        byte[] bytes = old.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class")) {
          ClassModel model = format.parse(bytes);
          if (model.majorVersion() < FIRST_WITH_STACK_MAPS) {
            bytes = format.transformClass(model, NEWER);
            changed++;
          }
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
      }
    }
    if (changed == 0) {
      Files.delete(made);
    } else {
      Files.setLastModifiedTime(made, Files.getLastModifiedTime(jar));
      Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return changed;
  }

  private static ClassFile format(ClassLoader classes) {
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ConstantPoolSharingOption.NEW_POOL,
        ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(classes)
                .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /// Code goes through the builder, which makes its stack maps.
  private static final ClassTransform NEWER =
      (made, element) -> {
        switch (element) {
          case ClassFileVersion _ -> made.withVersion(ClassFile.JAVA_17_VERSION, 0);
          case MethodModel method ->
              made.transformMethod(
                  method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
          default -> made.with(element);
        }
      };
}
