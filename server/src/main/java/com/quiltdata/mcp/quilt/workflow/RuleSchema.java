package com.quiltdata.mcp.quilt.workflow;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A JSON Schema (draft-07) of others. Thread-safe.
///
/// References are refused and formats are not asserted. Numbers count by their value, so `1.0` is
/// an integer and the same as `1`. Patterns are those of Python, see [PythonPattern].
final class RuleSchema {
  private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_7,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(false)
                      .cacheRefs(false)
                      .regularExpressionFactory(pattern -> PythonPattern.compile(pattern)::find)
                      .build()));
  private static final Schema FORM = REGISTRY.getSchema(SchemaLocation.of(DRAFT_7));

  private final JsonNode written;
  private final Schema compiled;

  private RuleSchema(JsonNode written, Schema compiled) {
    this.written = written;
    this.compiled = compiled;
  }

  /// Compiles a schema.
  ///
  /// @param schema an object, or true or false
  /// @throws Fault [FaultCode#CORRUPT_DATA] when it is no schema of draft-07, or holds a reference
  static RuleSchema of(JsonNode schema) {
    JsonNode dialect = schema.path("$schema");
    if (!dialect.isMissingNode() && !dialect.asString("").equals(DRAFT_7)) {
      throw wrong("its $schema is not " + DRAFT_7);
    }
    if (!schema.findValues("$ref").isEmpty()) {
      throw wrong("it holds a $ref");
    }
    if (!FORM.validate(schema).isEmpty()) {
      throw wrong("it is no schema of draft-07");
    }
    try {
      return new RuleSchema(schema, REGISTRY.getSchema(PlainSchema.of(schema)));
    } catch (SchemaException e) {
      // The cause is what a pattern was refused with.
      throw e.getCause() instanceof Fault fault ? fault : wrong("it cannot be read", e);
    }
  }

  /// Holds a value to the schema.
  ///
  /// @return the first thing that is wrong in the words of the official client; empty when nothing
  ///   is
  Optional<String> reason(JsonNode value) {
    List<Error> errors = compiled.validate(PlainSchema.plainNumbers(value));
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(new SchemaReason(written, value).first(errors));
  }

  private static Fault wrong(String what) {
    return new Fault(FaultCode.CORRUPT_DATA, what);
  }

  private static Fault wrong(String what, SchemaException cause) {
    return new Fault(
        FaultCode.CORRUPT_DATA, what + ": " + Quoted.of(String.valueOf(cause.getMessage())), cause);
  }
}
