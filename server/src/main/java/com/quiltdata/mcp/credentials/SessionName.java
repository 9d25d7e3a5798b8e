package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.TokenDigest;
import java.util.regex.Pattern;

/// The subject of a token as AWS takes it for the name of a session, and as its source identity: 2
/// to 64 of `A-Z a-z 0-9 _ + = , . @ -`. Two subjects never have the same: where a subject is
/// changed, or an issuer's, digits of a SHA-256 follow.
///
/// @param value for example `ada@example.com`
record SessionName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_+=,.@-]");
  private static final int MOST_CHARS = 64;

  /// Checks the form.
  SessionName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("no name of a session");
    }
  }

  /// The name of a bearer. The subjects of an issuer are never those of the catalog.
  static SessionName of(Caller.Bearer bearer) {
    return bearer.issuer().isEmpty()
        ? of(bearer.subject())
        : changed(bearer.subject(), bearer.principal());
  }

  static SessionName of(String subject) {
    return FORM.matcher(subject).matches() ? new SessionName(subject) : changed(subject, subject);
  }

  private static SessionName changed(String subject, String principal) {
    String digits = "-" + TokenDigest.of(principal).forLogs();
    String clean = OTHERS.matcher(subject).replaceAll("_");
    int room = MOST_CHARS - digits.length();
    return new SessionName((clean.length() > room ? clean.substring(0, room) : clean) + digits);
  }
}
