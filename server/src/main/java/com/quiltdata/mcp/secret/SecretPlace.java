package com.quiltdata.mcp.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where AWS keeps a secret.
public sealed interface SecretPlace {
  /// The region.
  String region();

  /// The place in words, for example `The SSM parameter /quilt/jwt in us-east-1`.
  String inWords();

  /// A parameter of Systems Manager.
  ///
  /// @param name with its path
  /// @param region the region
  record Parameter(String name, String region) implements SecretPlace {
    @Override
    public String inWords() {
      return "The SSM parameter %s in %s".formatted(name, region);
    }
  }

  /// A secret of Secrets Manager.
  ///
  /// @param arn its full name
  /// @param region the region, which the name holds
  /// @param name its short name
  record Managed(String arn, String region, String name) implements SecretPlace {
    @Override
    public String inWords() {
      return "The secret %s of Secrets Manager in %s".formatted(name, region);
    }
  }

  /// Reads a place.
  ///
  /// @param text a parameter's name, or the ARN of a secret
  /// @param region of the parameter
  /// @return the place
  /// @throws IllegalArgumentException when it is neither
  static SecretPlace of(String text, String region) {
    Matcher secret = Patterns.SECRET.matcher(text);
    if (secret.matches()) {
      return new Managed(text, secret.group(1), secret.group(2));
    }
    if (!Patterns.PARAMETER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be the name of an SSM parameter such as /quilt/mcp-server/jwt-secret, or the ARN of a"
              + " secret of Secrets Manager");
    }
    return new Parameter(text, region);
  }

  /// The two forms.
  final class Patterns {
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_./-]{1,1011}");
    private static final Pattern SECRET =
        Pattern.compile(
            "arn:aws[a-z-]*:secretsmanager:([a-z0-9-]{5,30}):\\d{12}:secret:([A-Za-z0-9/_+=.@-]{1,519})");

    private Patterns() {}
  }
}
