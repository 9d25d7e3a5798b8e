package com.quiltdata.mcp.observe;

import java.util.regex.Pattern;

/// Strikes out what must never be in a log, wherever it turns up.
final class Redaction {
  private static final Pattern SECRETS =
      Pattern.compile(
          "eyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*){1,4}"
              + "|(?:AKIA|ASIA)[A-Z0-9]{16}"
              + "|(?i:Bearer )[A-Za-z0-9._~+/=-]{8,}"
              + "|(?i:X-Amz-(?:Signature|Security-Token|Credential)=)[^&\\s\"]+"
              + "|(?i:(?:password|secret(?:_access_key)?|session_token)[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',}]{4,}");

  private Redaction() {}

  static String of(String text) {
    return SECRETS.matcher(text).replaceAll("***");
  }
}
