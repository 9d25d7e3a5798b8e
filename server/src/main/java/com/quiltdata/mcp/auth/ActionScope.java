package com.quiltdata.mcp.auth;

import java.util.Set;

/// The AWS actions that a token covers.
///
/// @param permissions action names as claimed; `*` covers all, `s3:*` a service, `s3:Get*` the
///   actions that begin so. A `*` anywhere else covers nothing
record ActionScope(Set<String> permissions) {
  /// Whether an action is covered.
  ///
  /// @param action a full name, for example `s3:GetObject`
  boolean covers(String action) {
    return permissions.contains(action)
        || permissions.contains("*")
        || permissions.stream().anyMatch(pattern -> matches(pattern, action));
  }

  private static boolean matches(String pattern, String action) {
    int star = pattern.indexOf('*');
    return star == pattern.length() - 1
        && pattern.indexOf(':') > 0
        && action.startsWith(pattern.substring(0, star));
  }
}
