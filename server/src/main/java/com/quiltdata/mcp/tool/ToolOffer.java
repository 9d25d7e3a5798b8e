package com.quiltdata.mcp.tool;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which tools this server offers at all, whoever asks.
///
/// @param isReadOnly whether tools that change anything are withheld
/// @param groups the groups that are offered, empty for all
public record ToolOffer(boolean isReadOnly, Set<String> groups) {
  /// Why a tool is withheld.
  public enum Reason {
    /// It changes something, and the server is read-only.
    READ_ONLY,
    /// Its group is not offered.
    GROUP
  }

  /// Copies the groups.
  public ToolOffer {
    groups = Set.copyOf(groups);
  }

  /// An offer of all tools.
  public static ToolOffer everything() {
    return new ToolOffer(false, Set.of());
  }

  /// Why a tool is not offered.
  ///
  /// @param spec of the tool
  /// @return empty when it is offered
  public Optional<Reason> withholds(ToolSpec spec) {
    if (isReadOnly && !spec.hints().isReadOnly()) {
      return Optional.of(Reason.READ_ONLY);
    }
    return groups.isEmpty() || groups.contains(spec.group())
        ? Optional.empty()
        : Optional.of(Reason.GROUP);
  }

  /// The groups of some tools that are meant but do not exist.
  ///
  /// @param specs of all tools
  /// @return in alphabetical order
  public Set<String> unknownGroups(Iterable<ToolSpec> specs) {
    Set<String> unknown = new TreeSet<>(groups);
    specs.forEach(spec -> unknown.remove(spec.group()));
    return unknown;
  }
}
