package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is wrong or doubtful with the settings, gathered so that all of it is told at once.
final class Problems {
  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void error(String text) {
    errors.add(text);
  }

  void warn(String text) {
    warnings.add(text);
  }

  /// Makes something of a setting; a refusal becomes an error that names the setting.
  <T> Optional<T> checked(Setting<?> setting, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      errors.add("%s: %s".formatted(setting.name(), e.getMessage()));
      return Optional.empty();
    }
  }

  /// Ends here when anything is wrong.
  ///
  /// @throws InvalidSettingsException naming all errors
  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }
}
