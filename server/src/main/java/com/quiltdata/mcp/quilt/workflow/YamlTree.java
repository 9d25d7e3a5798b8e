package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads YAML 1.1 of others as a JSON tree: nothing but plain values, bounded in depth and number,
/// aliases counted as often as they are used.
final class YamlTree {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_VALUES = 100_000;

  private int values;

  private YamlTree() {}

  /// Reads one document.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] saying what is wrong and where
  static JsonNode read(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return new YamlTree().tree(new Yaml(new SafeConstructor(options())).load(text));
    } catch (CharacterCodingException e) {
      throw wrong("it is not in UTF-8", e);
    } catch (MarkedYAMLException e) {
      throw wrong(
          e.getProblemMark() == null
              ? "it is not YAML"
              : "it is not YAML from line %d".formatted(e.getProblemMark().getLine() + 1),
          e);
    } catch (Fault e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // Besides its own exceptions the reader lets through those of what it reads numbers with.
      throw wrong("it is not YAML, or over a limit", e);
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setAllowRecursiveKeys(false);
    options.setCodePointLimit(StoredFiles.MAX_BYTES);
    return options;
  }

  private JsonNode tree(@Nullable Object value) {
    if (++values > MAX_VALUES) {
      throw wrong("it holds over %d values".formatted(MAX_VALUES), null);
    }
    return switch (value) {
      case null -> StrictJson.NODES.nullNode();
      case String text -> StrictJson.NODES.stringNode(text);
      case Boolean flag -> StrictJson.NODES.booleanNode(flag);
      case Integer number -> StrictJson.NODES.numberNode(number);
      case Long number -> StrictJson.NODES.numberNode(number);
      case BigInteger number -> StrictJson.NODES.numberNode(number);
      case Double number -> StrictJson.NODES.numberNode(number);
      case Map<?, ?> map -> object(map);
      case Collection<?> list -> array(list);
      // Dates, bytes and other things that are no JSON: no rule wants one, and a text of it would
      // pass for what it is not.
      default -> throw wrong("it holds a value that is no text, number, list or map", null);
    };
  }

  private ObjectNode object(Map<?, ?> map) {
    ObjectNode object = StrictJson.NODES.objectNode();
    map.forEach((name, value) -> {
      if (!(name instanceof String text)) {
        throw wrong("the key %s is no text".formatted(Quoted.of(String.valueOf(name))), null);
      }
      object.set(text, tree(value));
    });
    return object;
  }

  private ArrayNode array(Collection<?> list) {
    ArrayNode array = StrictJson.NODES.arrayNode();
    list.forEach(item -> array.add(tree(item)));
    return array;
  }

  private static Fault wrong(String what, @Nullable Throwable cause) {
    return cause == null
        ? new Fault(FaultCode.CORRUPT_DATA, what)
        : new Fault(FaultCode.CORRUPT_DATA, what, cause);
  }
}
