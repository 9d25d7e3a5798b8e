package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.tool.Arguments;
import java.util.Optional;

/// Which revision to list, and from where. A cursor keeps to the revision of its page: somebody may
/// push between two pages.
///
/// @param hash the revision
/// @param after the last path of the page before, if there was one
record PackagePosition(TopHash hash, Optional<String> after) {

  static PackagePosition of(
      Arguments arguments, String question, PackageName name, Registry registry) {
    Optional<PackagePosition> page =
        Paging.position(arguments, question).map(PackagePosition::read);
    Optional<String> asked = arguments.textIfGiven("top_hash");
    if (page.isPresent() && asked.isEmpty()) {
      return page.get();
    }
    TopHash hash = registry.resolve(name, RevisionReference.parse(asked.orElse("")));
    if (page.filter(other -> !other.hash().equals(hash)).isPresent()) {
      throw Paging.foreign();
    }
    return page.orElseGet(() -> new PackagePosition(hash, Optional.empty()));
  }

  private static PackagePosition read(String position) {
    if (position.length() <= TopHash.LENGTH
        || !TopHash.isValid(position.substring(0, TopHash.LENGTH))) {
      throw Paging.foreign();
    }
    return new PackagePosition(
        new TopHash(position.substring(0, TopHash.LENGTH)),
        Optional.of(position.substring(TopHash.LENGTH)));
  }

  /// The cursor of the page that follows an item.
  String cursorBehind(String question, String path) {
    return Paging.cursor(question, hash.value() + path);
  }
}
