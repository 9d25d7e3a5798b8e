package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tools.GlobPattern;
import java.util.ArrayList;
import java.util.List;

/// The objects below a prefix that a package is made of.
///
/// @param objects in key order
/// @param folder what their paths begin with and the package's do not: the prefix up to its last
///   slash
/// @param warnings which objects were left out, and why
record SourceObjects(List<ObjectInfo> objects, String folder, List<String> warnings) {
  /// The README and quilt_summarize.json are changes too.
  static final int MAX = PackageEdit.MAX_CHANGES - 2;

  private static final String REGISTRY = ".quilt/";

  SourceObjects {
    objects = List.copyOf(objects);
    warnings = List.copyOf(warnings);
  }

  /// Which keys are wanted; exclusion is asked first.
  ///
  /// @param include shell patterns for whole keys, one of which must fit; none for all
  /// @param exclude shell patterns for whole keys, none of which may fit
  record Filter(List<GlobPattern> include, List<GlobPattern> exclude) {
    static Filter of(List<String> include, List<String> exclude) {
      return new Filter(
          include.stream().map(GlobPattern::of).toList(),
          exclude.stream().map(GlobPattern::of).toList());
    }

    boolean wants(String key) {
      return exclude.stream().noneMatch(pattern -> pattern.matches(key))
          && (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(key)));
    }
  }

  static SourceObjects list(ObjectStore store, BucketName bucket, String prefix, Filter filter) {
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    List<ObjectInfo> objects = new ArrayList<>();
    NewFiles.Warnings warnings = new NewFiles.Warnings();
    ListRequest request = ListRequest.of(bucket, prefix);
    while (true) {
      ObjectPage page = store.list(request);
      for (ObjectInfo info : page.objects()) {
        String key = info.location().key();
        if (key.startsWith(REGISTRY) || !filter.wants(key)) {
          continue;
        }
        if (LogicalKey.isValid(key.substring(folder.length()))) {
          objects.add(info);
        } else if (!key.endsWith("/") || info.sizeBytes() > 0) {
          warnings.add("%s was left out: a package has no such path".formatted(Quoted.of(key)));
        }
      }
      if (objects.size() > MAX) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "There are more than %d objects; narrow them with source_prefix or patterns, and add the rest with package_update"
                .formatted(MAX));
      }
      if (page.nextToken().isEmpty()) {
        return new SourceObjects(objects, folder, warnings.all());
      }
      request = request.from(page.nextToken().get());
    }
  }

  /// The path of an object below the folder.
  String path(ObjectInfo info) {
    return info.location().key().substring(folder.length());
  }
}
