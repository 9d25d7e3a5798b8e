package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.config.CallSettings;
import com.quiltdata.mcp.config.HttpLimitSettings;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ParameterKind;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Writes `docs/tools.md`.
final class ToolsPage {
  private static final Set<String> COMMON =
      Set.of("success", "error", "code", "cause", "possible_fixes");
  private static final String INTRODUCTION =
      """
      # Tools

      <!-- Generated from the catalogue of tools: ./mvnw -pl server test -Dgolden.update=true -->

      Every result is an object with `success`. A failure has `success: false`, `error` (a sentence), `code` (stable, for \
      programs), and where they help `cause` and `possible_fixes`; its MCP result says `isError: true`. A member \
      with a question mark may be absent; so may a member of the result itself whose meaning says when it is there.

      - Buckets and registries are `NAME` or `s3://NAME`; there is no default one. Objects are `s3://BUCKET/KEY`: the key is \
      taken literally, nothing is percent-decoded, only a final `?versionId=` has a meaning.
      - A result holds at most 1 MiB of text. What lists things then stops early, says `truncated: true`, and gives a \
      cursor or token to go on with. The contents of objects are bounded by `max_bytes` instead.
      - `auth_type` is `jwt` for calls with a token, `iam` for those of the local user.
      - Links lead only into buckets that the caller's token covers. A server of a local folder gives `file:` links, and \
      physical keys with paths of its host, to its own user alone; everybody else reads objects by `s3_uri`.
      - In the text form of a result, characters that no eye sees are written as `\\uXXXX`.
      """;

  private final StringBuilder out = new StringBuilder(INTRODUCTION);

  private ToolsPage() {}

  static String of(List<ToolSpec> specs) {
    ToolsPage page = new ToolsPage();
    page.files(specs);
    Map<String, List<ToolSpec>> groups =
        specs.stream()
            .collect(Collectors.groupingBy(ToolSpec::group, TreeMap::new, Collectors.toList()));
    groups.forEach(page::group);
    return page.out.toString();
  }

  private void files(List<ToolSpec> specs) {
    line(
        """
        - Contents of files are taken by %s alone, of any media type: they are neither looked into nor run. Such a call \
        has %s at most with all that is in it (`%s`), where base64 makes four characters of three bytes; any other call \
        %s (`%s`). Larger files go to S3 by other ways, and into a package by their `s3_uri`.\
        """
            .formatted(
                code(specs.stream().filter(ToolSpec::takesFiles).map(ToolSpec::name).toList()),
                HttpLimitSettings.MAX_BODY_BYTES.fallback().orElseThrow(),
                HttpLimitSettings.MAX_BODY_BYTES.name(),
                CallSettings.MAX_CALL_BYTES.fallback().orElseThrow(),
                CallSettings.MAX_CALL_BYTES.name()));
  }

  private void group(String name, List<ToolSpec> specs) {
    line("");
    line("## " + name);
    line("");
    row("tool", "what it does", "kind");
    row("---", "---", "---");
    specs.forEach(spec ->
        row(
            "[`%s`](#%s)".formatted(spec.name(), spec.name()),
            firstSentence(spec.description()),
            kind(spec.hints())));
    specs.forEach(this::tool);
  }

  private void tool(ToolSpec spec) {
    line("");
    line("### " + spec.name());
    line("");
    line(spec.description());
    line("");
    line("Rights: " + rights(spec.needs()) + ".");
    if (!spec.aliases().isEmpty()) {
      line("");
      line("Also called: " + code(spec.aliases()) + ".");
    }
    if (!spec.parameters().isEmpty()) {
      line("");
      row("parameter", "type", "default", "bounds", "meaning");
      row("---", "---", "---", "---", "---");
      spec.parameters().forEach(parameter -> parameter("", parameter));
    }
    if (!spec.rules().isEmpty()) {
      line("");
      spec.rules().forEach(rule -> line("- %s.".formatted(rule.inWords())));
    }
    line("");
    row("result", "type", "meaning");
    row("---", "---", "---");
    spec.output()
        .orElseThrow()
        .get("properties")
        .forEachEntry((name, schema) -> {
          if (!COMMON.contains(name)) {
            result(name, schema);
          }
        });
  }

  private void parameter(String path, Parameter parameter) {
    String names = "`" + path + parameter.name() + "`";
    if (!parameter.aliases().isEmpty()) {
      names += " (also " + code(parameter.aliases()) + ")";
    }
    row(
        names,
        type(parameter.kind()),
        parameter
            .fallback()
            .map(value -> "`" + value + "`")
            .orElse(parameter.isRequired() ? "required" : ""),
        bounds(parameter.kind()),
        parameter.description());
    if (parameter.kind() instanceof ParameterKind.Structures structures) {
      String items = path + parameter.name() + "[].";
      structures.members().forEach(member -> parameter(items, member));
    }
  }

  private void result(String path, JsonNode schema) {
    boolean isList = schema.path("items").has("properties");
    JsonNode inner = isList ? schema.get("items") : schema;
    row("`" + path + (isList ? "[]" : "") + "`", type(schema), text(schema, "description"));
    Set<String> required =
        inner.path("required").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
    inner
        .path("properties")
        .forEachEntry((name, member) ->
            result(
                path + (isList ? "[]" : "") + "." + name + (required.contains(name) ? "" : "?"),
                member));
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return type.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(" or "));
    }
    if (schema.has("items")) {
      return "list of " + type(schema.get("items"));
    }
    return type.isString() ? type.stringValue() : "any";
  }

  private static String type(ParameterKind kind) {
    return switch (kind) {
      case ParameterKind.Text _ -> "string";
      case ParameterKind.Whole _ -> "integer";
      case ParameterKind.Flag _ -> "boolean";
      case ParameterKind.Texts _ -> "list of string";
      case ParameterKind.Structure _ -> "object";
      case ParameterKind.Structures _ -> "list of object";
    };
  }

  private static String bounds(ParameterKind kind) {
    return switch (kind) {
      case ParameterKind.Text text -> {
        List<String> bounds = new ArrayList<>();
        if (!text.choices().isEmpty()) {
          bounds.add("one of " + code(text.choices()));
        }
        text.shape().ifPresent(shape -> bounds.add(shape.words()));
        bounds.add("%,d characters".formatted(text.maxChars()));
        yield String.join(", ", bounds);
      }
      case ParameterKind.Whole whole ->
          String.format(Locale.ROOT, "%,d to %,d", whole.min(), whole.max());
      case ParameterKind.Flag _ -> "";
      case ParameterKind.Texts texts ->
          "%d to %d items".formatted(texts.minItems(), texts.maxItems());
      case ParameterKind.Structure structure ->
          String.format(Locale.ROOT, "up to %,d bytes", structure.maxBytes());
      case ParameterKind.Structures structures ->
          "%d to %d items".formatted(structures.minItems(), structures.maxItems());
    };
  }

  static String rights(ToolNeeds needs) {
    if (needs.level() != Level.NONE) {
      return "level `%s`".formatted(needs.level().name().toLowerCase(Locale.ROOT));
    }
    if (needs.actions().isEmpty()) {
      return "any authenticated caller";
    }
    String actions = code(needs.actions());
    return switch (needs.rule()) {
      case ALL -> actions;
      case ANY -> "one of " + actions;
      case ALL_WITH_BUCKET -> actions + " when a bucket is named";
    };
  }

  private static String kind(ToolHints hints) {
    if (hints.isReadOnly()) {
      return "reads";
    }
    return hints.isDestructive() ? "destroys" : "writes";
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private static String text(JsonNode schema, String member) {
    return schema.path(member).asString("");
  }

  private void row(String... cells) {
    line(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
