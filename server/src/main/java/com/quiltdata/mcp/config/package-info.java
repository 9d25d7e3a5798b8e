/// Settings: each with one name, one rule and one default.
///
/// [ServerSettings] is the list; [Settings] finds each value (flag, environment, file, default, in
/// this order) and remembers where it came from; every problem is told at once by
/// [InvalidSettingsException]. Imports nothing of this program. To add a setting, add a constant to
/// [ServerSettings]; `docs/configuration.md` is generated from it.
@NullMarked
package com.quiltdata.mcp.config;

import org.jspecify.annotations.NullMarked;
