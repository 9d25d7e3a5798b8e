package com.quiltdata.mcp.config;

import java.util.List;

/// Settings that belong together.
///
/// @param title for people, a few words
/// @param settings in the order in which they are shown
record SettingGroup(String title, List<Setting<?>> settings) {
  SettingGroup {
    settings = List.copyOf(settings);
  }
}
