package com.quiltdata.mcp.admission;

/// What one client may ask for. Each number is positive.
///
/// @param user how often a user may send a message
/// @param userInWork how many requests of a user are in work at once
/// @param address how often messages without a token may come from one address
/// @param failedTokens how often a token that is refused may come from one address
public record ClientLimits(Rate user, int userInWork, Rate address, Rate failedTokens) {
  /// Checks the number.
  public ClientLimits {
    if (userInWork < 1) {
      throw new IllegalArgumentException("the requests of a user in work are not positive");
    }
  }

  /// The documented values.
  public static ClientLimits defaults() {
    return new ClientLimits(Rate.perSecond(20, 40), 8, Rate.perSecond(5, 10), Rate.perMinute(30));
  }
}
