package com.quiltdata.mcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Whom clients of other services trust.
final class TrustedCertificatesTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("com.quiltdata.mcp");

  /// Names and issuers are checked as Java does: no class knows what could change that.
  @Test
  void areThoseOfJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "javax\\.net\\.ssl\\.(?:.*TrustManager.*|HostnameVerifier|SSLContext|SSLParameters)")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.Tls(?:Trust|Key)ManagersProvider")
        .check(CODE);
  }
}
