package com.quiltdata.mcp.deploy.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A registry of ECR, which takes logins that AWS gives and no others.
///
/// @param region where AWS gives them
public record EcrRegistry(String region) {
  private static final Pattern HOST =
      Pattern.compile(
          "\\d{12}\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\."
              + "(?:amazonaws\\.(?:com(?:\\.cn)?|eu)|on\\.aws|on\\.amazonwebservices\\.com\\.cn"
              + "|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");

  /// What a host is, `ACCOUNT.dkr.ecr.REGION.amazonaws.com` for example; empty for other hosts.
  public static Optional<EcrRegistry> of(String host) {
    return Optional.of(HOST.matcher(host))
        .filter(Matcher::matches)
        .map(parts -> new EcrRegistry(parts.group(1)));
  }
}
