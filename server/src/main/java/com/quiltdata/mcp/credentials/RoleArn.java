package com.quiltdata.mcp.credentials;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names an IAM role: `arn:aws:iam::ACCOUNT:role/NAME`, in any partition of AWS.
///
/// @param value the whole ARN
public record RoleArn(String value) {
  private static final Pattern FORM =
      Pattern.compile("arn:(aws[a-z-]{0,20}):iam::[0-9]{12}:role/[\\w+=,.@/-]{1,576}");

  /// Checks the form.
  public RoleArn {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must name a role as arn:aws:iam::123456789012:role/NAME, without wildcards");
    }
  }

  /// The partition: `aws`, `aws-cn`, `aws-us-gov`. What the role may reach is in the same.
  String partition() {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked before");
    }
    return matcher.group(1);
  }
}
