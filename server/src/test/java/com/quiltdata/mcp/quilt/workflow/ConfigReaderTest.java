package com.quiltdata.mcp.quilt.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");

  @Test
  void requiresAWorkflowUnlessTheConfigSaysOtherwise() {
    assertThat(read("version: '1'\nworkflows: {}").isRequired()).isTrue();
    assertThat(read("version: '1'\nis_workflow_required: no\nworkflows: {}").isRequired())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'1'",
        "'1.1'",
        "'1.0.0'",
        "'1.1.0'",
        "{base: '1', catalog: '1'}",
        "{base: '1.1'}"
      })
  void knowsVersionsUpToOneOne(String version) {
    assertThat(read("version: %s\nworkflows: {a: {name: A}}".formatted(version)).workflows())
        .containsOnlyKeys("a");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("", "None is not of type 'object'"),
        Arguments.of("[]", "[] is not of type 'object'"),
        Arguments.of("version: '1'", "'workflows' is a required property"),
        Arguments.of("version: 1.1\nworkflows: {}", "1.1 is not of type 'string', 'object'"),
        Arguments.of("version: '1.2'\nworkflows: {}", "version 1.2 is not known, use 1 or 1.1"),
        Arguments.of("version: '2'\nworkflows: {}", "version 2 is not known, use 1 or 1.1"),
        Arguments.of(
            "version: '1'\nworkflows: {}\nmore: 1",
            "Additional properties are not allowed ('more' was unexpected)"),
        Arguments.of(
            "version: '1'\nworkflows: {a b: {name: A}}",
            "'a b' does not match '^[A-Za-z_-][A-Za-z0-9_-]*\\\\Z'"),
        Arguments.of("version: '1'\nworkflows: {a: {}}", "'name' is a required property"),
        Arguments.of(
            "version: '1'\nworkflows: {a: {name: A, strict: true}}",
            "Additional properties are not allowed ('strict' was unexpected)"),
        Arguments.of(
            "version: '1'\nworkflows: {}\nschemas: {a: {url: 'https://x'}}",
            "'https://x' does not match '^(s3|file)://'"),
        Arguments.of("version: '1'\nworkflows: {a: *b}", "it is not YAML from line 2"),
        Arguments.of("a: !!java.net.URL [x]", "it is not YAML from line 1"),
        Arguments.of("a: 2020-01-01", "it holds a value that is no text, number, list or map"),
        Arguments.of("1: 2", "the key '1' is no text"),
        Arguments.of("[".repeat(100), "it is not YAML, or over a limit"),
        Arguments.of(laughs(), "it is not YAML, or over a limit"),
        Arguments.of("a: [%s]".formatted("1,".repeat(100_001)), "it holds over 100000 values"));
  }

  /// Nine lists of nine aliases to the list before.
  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%d: &a%d [%s]%n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(9)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhatIsWrong(String yaml, String why) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> read(yaml))
        .withMessage("The workflows config of registry s3://some-bucket cannot be used: " + why)
        .extracting(Fault::code)
        .isEqualTo(FaultCode.CORRUPT_DATA);
  }

  @Test
  void readsNothingButUtf8() {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> ConfigReader.read(new byte[] {(byte) 0xff}, BUCKET))
        .withMessageContaining("it is not in UTF-8");
  }

  private static WorkflowConfig read(String yaml) {
    return ConfigReader.read(yaml.getBytes(UTF_8), BUCKET);
  }
}
