package com.quiltdata.mcp.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A URI template of RFC 6570 level 1, and `{+name}` of level 2, read backwards: which values make
/// this URI? `{name}` stands for one or more characters without `/`, `?` and `#`, `{+name}` for one
/// or more of any kind.
public final class UriTemplate {
  private static final Pattern EXPRESSION = Pattern.compile("\\{(\\+?)([A-Za-z_][A-Za-z0-9_]*)}");

  private final String text;
  private final Pattern pattern;
  private final List<String> names = new ArrayList<>();

  /// Reads a template.
  ///
  /// @param text for example `test://item/{id}`
  public UriTemplate(String text) {
    this.text = text;
    StringBuilder regex = new StringBuilder();
    Matcher matcher = EXPRESSION.matcher(text);
    int end = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(text.substring(end, matcher.start())));
      regex.append(matcher.group(1).isEmpty() ? "([^/?#]+)" : "(.+)");
      names.add(matcher.group(2));
      end = matcher.end();
    }
    regex.append(Pattern.quote(text.substring(end)));
    this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /// The template itself.
  public String text() {
    return text;
  }

  /// The names of its variables, in order.
  public List<String> variables() {
    return List.copyOf(names);
  }

  /// Which values make this URI.
  ///
  /// @param uri a URI
  /// @return the percent-decoded values by name, or empty when the URI is not of this form
  public Optional<Map<String, String>> match(String uri) {
    Matcher matcher = pattern.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      try {
        values.put(
            names.get(i),
            URLDecoder.decode(matcher.group(i + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
