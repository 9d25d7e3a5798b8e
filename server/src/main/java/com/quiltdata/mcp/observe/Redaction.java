package com.quiltdata.mcp.observe;

import java.util.regex.Pattern;

/// Strikes out what must never be in a log, wherever it turns up.
final class Redaction {
  private static final Pattern SECRETS =
      Pattern.compile(
          String.join(
              "|",
              // tokens, with or without their other parts
              "eyJ[A-Za-z0-9_=-]{8,}(?:\\.[A-Za-z0-9_=-]*){0,4}",
              // AWS key ids
              "(?:AKIA|ASIA)[A-Z0-9]{16}",
              // headers
              "(?i:Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}",
              "(?i:\\b(?:Authorization|(?:Set-)?Cookie)[\"']?\\s*[=:]\\s*[\"']?)[^\\r\\n\"']+",
              // parameters of presigned addresses
              "(?i:X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D))[^&\\s\"']+",
              // whatever is called a secret
              "(?i:(?:password|passwd|secret(?:[_-]?access[_-]?key)?"
                  + "|(?:session|security|access|refresh|id)[_-]?token|private[_-]?key)"
                  + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',}]{4,}"));

  private Redaction() {}

  static String of(String text) {
    return SECRETS.matcher(text).replaceAll("***");
  }
}
