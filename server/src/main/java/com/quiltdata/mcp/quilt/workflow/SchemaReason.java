package com.quiltdata.mcp.quilt.workflow;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds, of all errors in a value, the one that the official client meets first: it walks keywords
/// in the order in which the schema has them, and parts of the value as the keyword does.
///
/// @param schema as it was written
/// @param value as it was written
record SchemaReason(JsonNode schema, JsonNode value) {

  String first(List<Error> errors) {
    Place first =
        errors.stream()
            .map(this::place)
            .min(Comparator.comparing(Place::order, SchemaReason::compare))
            .orElseThrow();
    return KeywordReason.text(first.keyword(), first.schema(), first.value(), first.error());
  }

  /// Where an error is.
  ///
  /// @param order on the way from the root, the number of each step among its neighbours
  /// @param keyword the one that the client would name, which may stand above the error's own
  /// @param schema holds the keyword
  /// @param value what it was about
  private record Place(
      List<Integer> order, String keyword, JsonNode schema, JsonNode value, Error error) {}

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = Integer.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private Place place(Error error) {
    Walk walk = new Walk(error, schema, value);
    while (walk.step()) {
      // until the keyword is found
    }
    return new Place(walk.order, walk.keyword, walk.schema, walk.value, error);
  }

  /// Follows an error from the root to the keyword that is broken.
  private static final class Walk {
    private final Error error;
    private final NodePath schemaPath;
    private final NodePath valuePath;
    private final List<Integer> order = new ArrayList<>();
    private JsonNode schema;
    private JsonNode value;
    private String keyword = "";
    private int atSchema;
    private int atValue;

    private Walk(Error error, JsonNode schema, JsonNode value) {
      this.error = error;
      this.schemaPath = error.getEvaluationPath();
      this.valuePath = error.getInstanceLocation();
      this.schema = schema;
      this.value = value;
    }

    /// Goes one keyword down.
    ///
    /// @return false at the keyword that is broken
    private boolean step() {
      keyword = String.valueOf(schemaPath.getElement(atSchema++));
      // The client looks at `then` and `else` where it meets `if`.
      boolean isBranch = keyword.equals("then") || keyword.equals("else");
      order.add(indexOf(schema, isBranch ? "if" : keyword));
      if (atSchema == schemaPath.getNameCount()) {
        order.add(indexOfPart());
        return false;
      }
      JsonNode below = schema.path(keyword);
      switch (keyword) {
        case "properties" -> intoMember(below, true);
        case "dependencies" -> intoMember(below, false);
        case "patternProperties" -> {
          intoMember(below, false);
          intoValue();
        }
        case "additionalProperties", "additionalItems" -> {
          schema = below;
          intoValue();
        }
        case "items" -> {
          intoValue();
          schema = below.isArray() ? below.path(index(schemaPath.getElement(atSchema++))) : below;
        }
        case "allOf" -> {
          int index = index(schemaPath.getElement(atSchema++));
          order.add(index);
          schema = below.path(index);
        }
        case "then", "else" -> schema = below;
        default -> {
          // What is below `anyOf` and its like is not told, and stands behind what they say.
          order.add(1);
          return false;
        }
      }
      return true;
    }

    private void intoMember(JsonNode schemas, boolean andValue) {
      String name = schemaPath.getName(atSchema++);
      order.add(indexOf(schemas, name));
      schema = schemas.path(name);
      if (andValue) {
        atValue++;
        value = value.path(name);
      }
    }

    private void intoValue() {
      Object element = valuePath.getElement(atValue++);
      if (value.isArray()) {
        order.add(index(element));
        value = value.path(index(element));
      } else {
        order.add(indexOf(value, String.valueOf(element)));
        value = value.path(String.valueOf(element));
      }
    }

    /// Where in the keyword's own list the part is that the error is about.
    private int indexOfPart() {
      String part = error.getProperty();
      if (part == null) {
        return 0;
      }
      return switch (keyword) {
        case "required" -> {
          JsonNode names = schema.path(keyword);
          for (int i = 0; i < names.size(); i++) {
            if (names.path(i).asString("").equals(part)) {
              yield i;
            }
          }
          yield 0;
        }
        case "dependencies" -> indexOf(schema.path(keyword), part);
        case "propertyNames" -> indexOf(value, part);
        default -> 0;
      };
    }

    private static int index(Object element) {
      return element instanceof Integer number ? number : Integer.parseInt(element.toString());
    }

    private static int indexOf(JsonNode object, String name) {
      int index = 0;
      for (String member : object.propertyNames()) {
        if (member.equals(name)) {
          return index;
        }
        index++;
      }
      return index;
    }
  }
}
