package com.quiltdata.mcp.auth;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The scopes of this server, as its issuer knows them. Each includes those before it.
///
/// @param read for [Level#READ]
/// @param write for [Level#WRITE]
/// @param admin for [Level#ADMIN]
public record ScopeNames(String read, String write, String admin) {
  private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

  /// Checks that there are three names of the form of RFC 6749 section 3.3.
  public ScopeNames {
    List<String> all = List.of(read, write, admin);
    if (!all.stream().allMatch(name -> TOKEN.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "a scope is made of visible ASCII characters without quotes and backslashes");
    }
    if (Set.copyOf(all).size() < all.size()) {
      throw new IllegalArgumentException(
          "the scopes for reading, writing and administrating differ");
    }
  }

  /// The level of a token: the highest that one of its scopes stands for.
  Level level(Set<String> granted) {
    if (granted.contains(admin)) {
      return Level.ADMIN;
    }
    if (granted.contains(write)) {
      return Level.WRITE;
    }
    return granted.contains(read) ? Level.READ : Level.NONE;
  }

  /// The scopes of a level and of those below, lowest first.
  ///
  /// @param level what is needed
  /// @return none for [Level#NONE]
  public List<String> upTo(Level level) {
    return switch (level) {
      case NONE -> List.of();
      case READ -> List.of(read);
      case WRITE -> List.of(read, write);
      case ADMIN -> List.of(read, write, admin);
    };
  }
}
