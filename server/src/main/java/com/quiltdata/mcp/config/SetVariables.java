package com.quiltdata.mcp.config;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The variables of a process that somebody gave a value.
///
/// A desktop client with a form for the settings starts the server with one variable for each
/// field. A field that was left empty comes as an empty text, or as the place-holder that stands
/// for it in the [manifest](https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md),
/// for example `${user_config.folder}`. Neither is a value. Any other text is, `${HOME}` in a
/// secret too.
public final class SetVariables {
  private static final Pattern PLACE_HOLDER = Pattern.compile("\\$\\{user_config\\.[^{}]*}");

  private SetVariables() {}

  /// Leaves out what has no value.
  ///
  /// @param environment all variables of the process
  /// @return those with a value
  public static Map<String, String> of(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> isSet(variable.getValue()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static boolean isSet(String text) {
    return !text.isEmpty() && !PLACE_HOLDER.matcher(text).matches();
  }
}
