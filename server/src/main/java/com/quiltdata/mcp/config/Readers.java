package com.quiltdata.mcp.config;

import com.quiltdata.mcp.config.Setting.ValueReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the texts of settings are read. Each reader says its rule when it refuses.
final class Readers {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(?:\\.\\d{1,3}){3}");
  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);
  private static final Map<String, Long> MILLIS =
      Map.of("", 1_000L, "ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private Readers() {}

  static ValueReader<String> text() {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("must not be blank");
      }
      return text.strip();
    };
  }

  static ValueReader<Path> path() {
    return text -> Path.of(text().read(text));
  }

  /// Taken as it is: white space counts in a secret.
  static ValueReader<String> secretText() {
    return text -> {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("must not be empty");
      }
      return text;
    };
  }

  static ValueReader<Integer> whole(int min, int max) {
    return text -> {
      try {
        int value = Integer.parseInt(text.strip());
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // refused below like a number out of range
      }
      throw new IllegalArgumentException(
          "must be a whole number from %d to %d".formatted(min, max));
    };
  }

  static ValueReader<Boolean> flag() {
    return text ->
        switch (text.strip().toLowerCase(Locale.ROOT)) {
          case "true", "1", "yes", "on" -> true;
          case "false", "0", "no", "off" -> false;
          default -> throw new IllegalArgumentException("must be true or false");
        };
  }

  static ValueReader<Long> size(long min, long max) {
    return text -> {
      long value = amount(text, SIZES, "a size such as 65536, 64KiB or 12MiB");
      if (value < min || value > max) {
        throw new IllegalArgumentException("must be from %d to %d bytes".formatted(min, max));
      }
      return value;
    };
  }

  static ValueReader<Duration> duration(Duration min, Duration max) {
    return text -> {
      Duration value =
          Duration.ofMillis(amount(text, MILLIS, "a duration such as 30s, 500ms or 5m"));
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "must be from %s to %s".formatted(inWords(min), inWords(max)));
      }
      return value;
    };
  }

  private static String inWords(Duration time) {
    return time.toMillis() < 1_000 ? time.toMillis() + "ms" : time.toSeconds() + "s";
  }

  private static long amount(String text, Map<String, Long> units, String form) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (matcher.matches()) {
      Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
      if (unit != null) {
        long number = Long.parseLong(matcher.group(1));
        // What is too large even for this is too large for any setting.
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
      }
    }
    throw new IllegalArgumentException("must be " + form);
  }

  static <E extends Enum<E>> ValueReader<E> choice(Class<E> type) {
    return text -> {
      String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.name().equals(wanted))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "must be one of "
                      + Arrays.stream(type.getEnumConstants())
                          .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                          .collect(Collectors.joining(", "))));
    };
  }

  static ValueReader<List<String>> list() {
    return text ->
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .toList();
  }

  /// An absolute address without user, query or fragment; `http` only for this machine.
  static ValueReader<URI> address() {
    return text -> {
      try {
        URI uri = new URI(text.strip());
        String host = uri.getHost();
        boolean isSecure = "https".equals(uri.getScheme());
        boolean isLocal = "http".equals(uri.getScheme()) && host != null && isThisMachine(host);
        if (host != null
            && (isSecure || isLocal)
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && uri.getFragment() == null) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // refused below like any other text that is no address
      }
      throw new IllegalArgumentException("must be an address such as https://demo.quiltdata.com");
    };
  }

  private static boolean isThisMachine(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
