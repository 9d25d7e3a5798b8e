package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.registry.PackageRevision;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Proposes revisions of a package: `latest` and tags, then top hashes, newest first.
///
/// @param registry which one
/// @param packageName the argument that names the package
record RevisionCompleter(ChosenBucket registry, String packageName) implements Completer {
  @Override
  public Completion complete(CompletionCall call) {
    Optional<PackageName> name = call.argument(packageName).map(PackageName::parse);
    Optional<ChosenBucket.Reached> reached = registry.in(call);
    if (name.isEmpty() || reached.isEmpty()) {
      return Completion.none();
    }
    List<PackageRevision> revisions =
        new Registry(reached.get().store(), reached.get().bucket())
            .newestRevisions(name.get(), Completion.MAX_VALUES);
    Stream<String> tags =
        revisions.stream()
            .flatMap(revision -> revision.pointers().stream())
            .filter(pointer -> pointer.pushed().isEmpty())
            .map(Pointer::name)
            .sorted(Comparator.comparing(tag -> !tag.equals(RevisionReference.LATEST)));
    Stream<String> hashes = revisions.stream().map(revision -> revision.hash().value());
    long read = revisions.stream().mapToLong(revision -> revision.pointers().size()).sum();
    return Completion.of(
        Stream.concat(tags, hashes).filter(text -> text.startsWith(call.typed())).toList(),
        read >= Completion.MAX_VALUES);
  }
}
