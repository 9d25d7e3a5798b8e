package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.push.Change;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Objects that become files of a package, and under which names.
///
/// @param changes by logical key
/// @param warnings what was done about names that collide
record NewFiles(Map<LogicalKey, Change> changes, List<String> warnings) {
  private static final Pattern NUMBERED = Pattern.compile("_[0-9]{1,6}(?:\\.[^.]*)?$");

  /// Names the objects of a call.
  ///
  /// @param uris in the literal form
  /// @param flatten whether a file is named by the last part of its key only
  /// @throws Fault [FaultCode#INVALID_S3_URI] or [FaultCode#INVALID_LOGICAL_KEY] naming the object
  static NewFiles of(List<String> uris, boolean flatten) {
    return of(uris, flatten, Set::of);
  }

  /// Names the objects of a call that adds to a package. A number is none that a file of the
  /// package has already: that one would be replaced by a file of another name.
  ///
  /// @param uris in the literal form
  /// @param flatten whether a file is named by the last part of its key only
  /// @param base the logical keys of the package; asked for when names collide
  /// @throws Fault [FaultCode#INVALID_S3_URI] or [FaultCode#INVALID_LOGICAL_KEY] naming the object
  static NewFiles of(List<String> uris, boolean flatten, Supplier<Set<LogicalKey>> base) {
    Optional<Set<LogicalKey>> known = Optional.empty();
    Map<LogicalKey, Change> changes = new LinkedHashMap<>();
    Warnings warnings = new Warnings();
    Set<ObjectLocation> seen = new HashSet<>();
    Map<LogicalKey, Integer> counts = new HashMap<>();
    for (String uri : uris) {
      ObjectLocation location = ObjectLocation.parse(uri);
      if (!seen.add(location)) {
        warnings.add("%s was given twice".formatted(Quoted.of(uri)));
        continue;
      }
      LogicalKey wanted = key(location, flatten);
      if (changes.containsKey(wanted) && known.isEmpty()) {
        known = Optional.of(base.get());
      }
      LogicalKey key = free(wanted, changes, counts, known.orElse(Set.of()));
      if (!key.equals(wanted)) {
        warnings.add(
            "Two objects would be %s: %s became %s"
                .formatted(Quoted.of(wanted.value()), Quoted.of(uri), Quoted.of(key.value())));
      }
      changes.put(key, new Change.PutObject(location, Optional.empty()));
    }
    return new NewFiles(changes, warnings.all());
  }

  private static LogicalKey key(ObjectLocation location, boolean flatten) {
    String key = location.key();
    String name = flatten ? key.substring(key.lastIndexOf('/') + 1) : key;
    if (!LogicalKey.isValid(name)) {
      throw new Fault(
          FaultCode.INVALID_LOGICAL_KEY,
          "%s cannot be a file of a package: %s"
              .formatted(
                  Quoted.of(location.uri()),
                  key.endsWith("/")
                      ? "it stands for a folder; give the objects in it, or use package_create_from_s3"
                      : "no part of its path between slashes may be empty, . or .."));
    }
    return new LogicalKey(name);
  }

  /// Whether a name looks like one that was given a number.
  static boolean isNumbered(LogicalKey key) {
    return NUMBERED.matcher(key.name()).find();
  }

  /// `data.csv`, `data_2.csv`, `data_3.csv`.
  private static LogicalKey free(
      LogicalKey wanted,
      Map<LogicalKey, Change> taken,
      Map<LogicalKey, Integer> counts,
      Set<LogicalKey> base) {
    LogicalKey key = wanted;
    String name = wanted.name();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    while (taken.containsKey(key) || (!key.equals(wanted) && base.contains(key))) {
      int i = counts.merge(wanted, 2, (count, _) -> count + 1);
      key = new LogicalKey(wanted.folder() + stem + "_" + i + name.substring(stem.length()));
    }
    return key;
  }

  /// Sentences for the caller; of very many the first, and how many there are.
  static final class Warnings {
    private static final int MAX = 50;

    private final List<String> texts = new ArrayList<>();
    private int more;

    void add(String text) {
      if (texts.size() < MAX) {
        texts.add(text);
      } else {
        more++;
      }
    }

    List<String> all() {
      List<String> all = new ArrayList<>(texts);
      if (more > 0) {
        all.add("%d more warnings of this kind".formatted(more));
      }
      return List.copyOf(all);
    }
  }
}
