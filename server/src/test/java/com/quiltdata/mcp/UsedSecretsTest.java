package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// That what tests keep secret is noted, so that logs can be searched for it.
final class UsedSecretsTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("com.quiltdata.mcp");

  /// What makes a key of a secret, credentials, or a token.
  private static final Set<String> MAKERS =
      Set.of(
          "com.quiltdata.mcp.auth.SigningKey.of",
          "com.quiltdata.mcp.auth.SigningSecret.of",
          "com.quiltdata.mcp.auth.TokenMinter.mint",
          "com.quiltdata.mcp.replica.SealingKeys.of",
          "com.quiltdata.mcp.state.StateKeys.of",
          "javax.crypto.Mac.init",
          "software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create",
          "software.amazon.awssdk.auth.credentials.AwsSessionCredentials.builder",
          "software.amazon.awssdk.auth.credentials.AwsSessionCredentials.create");

  @Test
  void whoeverMakesSecretsOfTestsNotesThem() {
    Set<String> makers = callersOf(MAKERS);
    assertThat(makers).hasSizeGreaterThan(10);
    assertThat(makers)
        .as("hand the secrets of tests to UsedSecrets, so that .ci/secrets looks for them in logs")
        .isSubsetOf(
            callersOf(
                Set.of(
                    "com.quiltdata.mcp.UsedSecrets.note",
                    "com.quiltdata.mcp.UsedSecrets.named",
                    "com.quiltdata.mcp.UsedSecrets.sent")));
  }

  private static Set<String> callersOf(Set<String> methods) {
    return TESTS.stream()
        .filter(one ->
            Stream.<JavaCodeUnitAccess<?>>concat(
                    one.getMethodCallsFromSelf().stream(),
                    one.getMethodReferencesFromSelf().stream())
                .anyMatch(use ->
                    methods.contains(use.getTargetOwner().getFullName() + "." + use.getName())))
        .map(UsedSecretsTest::outermost)
        .collect(Collectors.toSet());
  }

  private static String outermost(JavaClass one) {
    return one.getEnclosingClass().map(UsedSecretsTest::outermost).orElse(one.getName());
  }

  @Test
  void secretThatIsThereByChanceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UsedSecrets.note("short"))
        .withMessageContaining("5 characters")
        .withMessageNotContaining("short");
    assertThat(UsedSecrets.sent("short")).isEqualTo("short");
  }
}
