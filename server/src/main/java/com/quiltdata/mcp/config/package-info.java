/// Settings: each with one name, one rule and one default.
///
/// [ServerSettings] lists the groups, each a class with a name in `Settings`; [Settings] finds each
/// value (flag, environment, file, default, in this order) and remembers where it came from; every
/// problem is told at once by [InvalidSettingsException]. Imports nothing of this program. To add a
/// setting, add a constant to its group, and to the list at its end; for a group, copy
/// [TaskSettings] and name it in [ServerSettings]. `docs/configuration.md` is generated.
@NullMarked
package com.quiltdata.mcp.config;

import org.jspecify.annotations.NullMarked;
