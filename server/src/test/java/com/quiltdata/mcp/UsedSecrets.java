package com.quiltdata.mcp;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What this run of the tests keeps secret: `.ci/secrets` looks for it in all logs. Every secret of
/// a test is noted here, and so long that it is not there by chance. Thread-safe.
public final class UsedSecrets {
  private static final int MIN_CHARS = 12;

  /// The variables of the program that hold secrets.
  private static final Pattern VARIABLES =
      Pattern.compile(
          "MCP_(ENHANCED_JWT|STATE)_(PREVIOUS_)?SECRET|QUILT_MCP_TOKEN"
              + "|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)");

  private static final Pattern LINKS = Pattern.compile("X-Amz-Signature=([0-9a-f]{64})");

  /// Everybody knows it, and messages about it may.
  private static final String PUBLISHED = "development-enhanced-jwt-secret";

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  private UsedSecrets() {}

  private static final class Holder {
    static final KeptLines LINES =
        new KeptLines("secrets-used", "junit-%d.txt".formatted(ProcessHandle.current().pid()));
  }

  /// Notes a secret: a key, a token, credentials.
  ///
  /// @return the same
  /// @throws IllegalArgumentException when it is too short to be looked for
  public static String note(String secret) {
    if (secret.length() < MIN_CHARS) {
      throw new IllegalArgumentException(
          "a secret of %d characters is found by chance: use one of %d or more"
              .formatted(secret.length(), MIN_CHARS));
    }
    // A fuzzer makes more of them than anybody wants to look for.
    if (!secret.equals(PUBLISHED) && !isFuzzed() && KNOWN.add(secret)) {
      Holder.LINES.add(JSON.text(StrictJson.NODES.stringNode(secret)));
    }
    return secret;
  }

  /// A noted secret that has a name in its test.
  public static String named(String name) {
    return note("a secret of the tests that is named " + name);
  }

  /// Notes a token or secret that somebody sends, good or bad, unless it is too short.
  ///
  /// @return the same
  public static String sent(String text) {
    return text.length() < MIN_CHARS ? text : note(text);
  }

  /// Notes what makes the links in a text work: whoever has such a link reads the object.
  public static void links(String text) {
    if (text.contains("X-Amz-Signature=")) {
      LINKS.matcher(text).results().forEach(link -> note(link.group(1)));
    }
  }

  /// Notes the secrets among the variables of a program.
  static void noteAll(Map<String, String> environment) {
    environment.forEach((name, value) -> {
      if (VARIABLES.matcher(name).matches()) {
        note(value);
      }
    });
  }

  private static boolean isFuzzed() {
    return System.getenv("JAZZER_FUZZ") != null;
  }
}
