package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.KeyOrder;
import java.util.Comparator;
import java.util.regex.Pattern;

/// The name of a package: `namespace/name`, letters and digits of any script, `_` and `-`.
///
/// Ordered as a registry lists them: by the bytes of `namespace/name/`.
///
/// @param value both parts with the slash
public record PackageName(String value) implements Comparable<PackageName> {
  private static final Pattern NAME =
      Pattern.compile("[\\w-]+/[\\w-]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Comparator<String> BYTES = new KeyOrder();

  /// Checks the rule.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  public PackageName {
    if (!isValid(value)) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "Invalid package name %s: write namespace/name with letters, digits, _ and -"
              .formatted(Quoted.of(value)));
    }
  }

  /// Reads a name.
  ///
  /// @param text `namespace/name`
  /// @return the name
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  public static PackageName parse(String text) {
    return new PackageName(text);
  }

  /// Whether a text is the name of a package.
  ///
  /// @param text what may be one
  /// @return true when [#parse] would take it
  public static boolean isValid(String text) {
    return NAME.matcher(text).matches();
  }

  /// The part before the slash.
  public String namespace() {
    return value.substring(0, value.indexOf('/'));
  }

  /// The part behind the slash.
  public String name() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public int compareTo(PackageName other) {
    return BYTES.compare(value + "/", other.value + "/");
  }

  @Override
  public String toString() {
    return value;
  }
}
