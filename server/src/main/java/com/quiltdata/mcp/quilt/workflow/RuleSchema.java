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
///
/// As there are no references, no part of a schema looks at a part of a value twice: both numbers
/// multiplied bound the work, and the number of errors.
final class RuleSchema {
  private static final long MAX_WORK = 20_000_000;

  /// Up to here all errors are collected, to find the one that the official client meets first.
  private static final long MAX_COLLECTED = 200_000;

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
  private final long parts;

  private RuleSchema(JsonNode written, Schema compiled) {
    this.written = written;
    this.compiled = compiled;
    this.parts = PlainSchema.parts(written);
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
  /// @return the first thing that is wrong in the words of the official client, or of very much
  ///   anything that is; empty when nothing is
  /// @throws Fault [FaultCode#TOO_LARGE] when schema and value together would take too long,
  ///   [FaultCode#CORRUPT_DATA] when patterns would
  Optional<String> reason(JsonNode value) {
    long work = parts * PlainSchema.parts(value);
    if (work > MAX_WORK) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "A schema of %d parts and a value of %d would take too long to check"
              .formatted(parts, PlainSchema.parts(value)));
    }
    JsonNode plain = PlainSchema.plainNumbers(value);
    List<Error> errors =
        PythonPattern.inOneCheck(
            () -> compiled.validate(plain, context -> context.setFailFast(work > MAX_COLLECTED)));
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
