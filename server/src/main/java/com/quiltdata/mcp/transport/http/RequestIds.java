package com.quiltdata.mcp.transport.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name under which one request appears in answers and logs.
///
/// A client or balancer may choose it, but only from characters that cannot forge a log line.
final class RequestIds {
  private static final HeaderName AMAZON = HeaderNames.create("X-Amzn-Trace-Id");
  private static final HeaderName CHOSEN = HeaderNames.create("X-Request-ID");
  private static final Pattern CLEAN = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern ROOT =
      Pattern.compile("(?:^|;) *Root=([A-Za-z0-9._-]{1,128}) *(?:;|$)");

  private RequestIds() {}

  /// The id that the headers name, else a new one.
  static String of(Headers headers) {
    List<String> chosen = headers.all(CHOSEN, List::of);
    if (chosen.size() == 1 && CLEAN.matcher(chosen.getFirst()).matches()) {
      return chosen.getFirst();
    }
    List<String> traces = headers.all(AMAZON, List::of);
    if (traces.size() == 1) {
      Matcher root = ROOT.matcher(traces.getFirst());
      if (root.find()) {
        return root.group(1);
      }
    }
    // Unique is enough: nothing is proven by knowing an id.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
