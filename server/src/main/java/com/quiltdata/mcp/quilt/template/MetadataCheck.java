package com.quiltdata.mcp.quilt.template;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.template.MetadataProblem.Gravity;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Looks at the metadata of a package.
///
/// Metadata may be any object, so most of what is found is advice. What a workflow of a registry
/// demands is not looked at.
public final class MetadataCheck {
  /// The most problems that are told.
  public static final int MAX_PROBLEMS = 100;

  /// A line of a manifest has at most 1,000,000 bytes; the rest is for message and workflow.
  private static final int MAX_BYTES = 900_000;

  private static final int MAX_DEPTH = 5;
  private static final int MIN_DESCRIPTION = 10;
  private static final int LONG_TEXT = 5_000;
  private static final List<String> RECOMMENDED =
      List.of(MetadataTemplate.DESCRIPTION, MetadataTemplate.CREATED_BY, MetadataTemplate.VERSION);
  private static final Set<String> README = Set.of("readme", "readme_content", "readme_md");
  private static final List<String> SECRETS =
      List.of("password", "passwd", "secret", "api_key", "apikey", "access_key", "private_key");

  private final List<MetadataProblem> problems = new ArrayList<>();

  private MetadataCheck() {}

  /// Looks for problems.
  ///
  /// @param metadata any object
  /// @param template what the metadata is meant to follow, if anything
  /// @return at most [#MAX_PROBLEMS], errors first; empty when nothing is odd
  public static List<MetadataProblem> problems(
      ObjectNode metadata, Optional<MetadataTemplate> template) {
    MetadataCheck check = new MetadataCheck();
    check.whole(metadata);
    check.names(metadata);
    metadata.propertyStream().forEach(member -> check.value(member.getKey(), member.getValue()));
    check.recommended(metadata);
    template.ifPresent(chosen -> check.against(metadata, chosen));
    return check.problems.stream()
        .sorted((one, other) -> one.gravity().compareTo(other.gravity()))
        .limit(MAX_PROBLEMS)
        .toList();
  }

  /// The members that every package should have and this one has not.
  ///
  /// @param metadata any object
  /// @return their names
  public static List<String> missing(ObjectNode metadata) {
    return RECOMMENDED.stream().filter(name -> !metadata.hasNonNull(name)).toList();
  }

  private void error(String field, String problem, String suggestion) {
    problems.add(new MetadataProblem(field, Gravity.ERROR, problem, suggestion));
  }

  private void warn(String field, String problem, String suggestion) {
    problems.add(new MetadataProblem(field, Gravity.WARNING, problem, suggestion));
  }

  private void whole(ObjectNode metadata) {
    long bytes = VisibleJson.bytes(metadata);
    if (bytes > MAX_BYTES) {
      error(
          "",
          "The metadata has %,d bytes, and a package holds at most %,d."
              .formatted(bytes, MAX_BYTES),
          "Put large parts into files of the package, for example a JSON or CSV file.");
    }
    if (depth(metadata) > MAX_DEPTH) {
      warn(
          "",
          "Objects are nested more than %d levels deep.".formatted(MAX_DEPTH),
          "Flatten them: searches and queries reach the upper levels only.");
    }
  }

  private static int depth(JsonNode node) {
    return node.isContainer()
        ? 1 + node.valueStream().mapToInt(MetadataCheck::depth).max().orElse(0)
        : 0;
  }

  private void names(ObjectNode metadata) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String name : metadata.propertyNames()) {
      if (name.isBlank() || !name.strip().equals(name)) {
        error(
            name,
            "A name is empty, or has blanks at an end.",
            "Use a name such as sample_id, without blanks around it.");
      }
      String twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (twin != null) {
        warn(
            name,
            "It differs from %s by case only.".formatted(Quoted.of(twin)),
            "Keep one of the two: queries do not tell them apart.");
      }
    }
  }

  private void value(String name, JsonNode value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (README.contains(lower)) {
      warn(
          name,
          "A README in the metadata is shown nowhere.",
          "Make it a file README.md of the package.");
    } else if (value.isString() && value.stringValue().length() > LONG_TEXT) {
      warn(
          name,
          "The text is longer than %,d characters.".formatted(LONG_TEXT),
          "Put long texts into a file, for example README.md.");
    }
    if (SECRETS.stream().anyMatch(lower::contains)) {
      error(
          name,
          "It looks like a secret, and everybody who can read the package reads it.",
          "Leave it out, and change the secret if it was pushed before.");
    }
    if (value.isNull()) {
      warn(name, "It is null.", "Give a value, or leave the member out.");
    } else if (TemplateField.isOpen(value)) {
      warn(name, "It still says unknown.", "Ask for the value, or leave the member out.");
    }
  }

  private void recommended(ObjectNode metadata) {
    for (String name : missing(metadata)) {
      warn(name, "It is missing.", "Add it: " + meaning(name) + ".");
    }
    JsonNode description = metadata.path(MetadataTemplate.DESCRIPTION);
    if (description.isString() && description.stringValue().strip().length() < MIN_DESCRIPTION) {
      warn(
          MetadataTemplate.DESCRIPTION,
          "It is very short.",
          "Say in a sentence what the data is, where it comes from and what it is for.");
    }
  }

  private static String meaning(String name) {
    return MetadataTemplate.STANDARD.field(name).map(TemplateField::meaning).orElse(name);
  }

  private void against(ObjectNode metadata, MetadataTemplate template) {
    for (TemplateField field : template.fields()) {
      JsonNode value = metadata.path(field.name());
      if (value.isMissingNode()) {
        if (!RECOMMENDED.contains(field.name())) {
          warn(
              field.name(),
              "The template %s has it, and the metadata has not.".formatted(template.wire()),
              "Add it: " + field.meaning() + ".");
        }
      } else if (!value.isNull() && !TemplateField.isOpen(value) && !fits(field.kind(), value)) {
        error(
            field.name(),
            "The template %s wants %s here.".formatted(template.wire(), field.kind().words()),
            "Give %s: %s.".formatted(field.kind().words(), field.meaning()));
      }
    }
    String type = MetadataTemplate.PACKAGE_TYPE;
    JsonNode actual = metadata.path(type);
    template
        .field(type)
        .map(TemplateField::initial)
        .filter(wanted -> actual.isString() && !actual.equals(wanted))
        .ifPresent(wanted ->
            warn(
                type,
                "Packages of the template %s have %s here.".formatted(template.wire(), wanted),
                "Set it to %s, or use another template.".formatted(wanted)));
  }

  private static boolean fits(TemplateField.Kind kind, JsonNode value) {
    return switch (kind) {
      case TEXT -> value.isString() && !value.stringValue().isBlank();
      case DATE -> value.isString() && isDate(value.stringValue());
      case FLAG -> value.isBoolean();
      case COUNT -> value.isNumber() && value.doubleValue() >= 0;
      case LIST -> value.isArray();
    };
  }

  private static boolean isDate(String text) {
    try {
      return (text.indexOf('T') < 0
              ? DateTimeFormatter.ISO_LOCAL_DATE
              : DateTimeFormatter.ISO_DATE_TIME)
          .parse(text)
          .isSupported(ChronoField.YEAR);
    } catch (DateTimeException _) {
      return false;
    }
  }
}
