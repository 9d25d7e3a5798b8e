package com.quiltdata.mcp.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who may know whom.
final class ArchitectureTest {
  private static final String ROOT = "com.quiltdata.mcp.deploy.";

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("outcome", List.of()),
          Map.entry("json", List.of()),
          Map.entry("project", List.of("outcome")),
          Map.entry("aws", List.of("outcome")),
          Map.entry("ecs", List.of("aws", "json", "outcome")),
          Map.entry("target", List.of("aws", "outcome")),
          Map.entry("program", List.of("outcome")),
          Map.entry("image", List.of("aws", "json", "outcome", "program")),
          Map.entry("logs", List.of("aws", "ecs", "outcome")),
          Map.entry("record", List.of("aws", "json", "outcome")),
          Map.entry("smoke", List.of("ecs", "json", "outcome")),
          Map.entry(
              "release",
              List.of(
                  "aws", "ecs", "image", "json", "logs", "outcome", "record", "smoke", "target")),
          Map.entry("console", List.of("ecs", "outcome", "release", "target")));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("com.quiltdata.mcp.deploy");

  @Test
  void packagesImportOnlyWhatTheyMay() {
    MAY_IMPORT.forEach((name, others) -> {
      var foreign =
          resideInAPackage("com.quiltdata.mcp.deploy..").and(not(resideInAPackage(ROOT + name)));
      for (String other : others) {
        foreign = foreign.and(not(resideInAPackage(ROOT + other)));
      }
      noClasses()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .dependOnClassesThat(foreign)
          .check(MAIN);
    });
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheImageKnowsJibAndOnlyCommandsKnowPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "image")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.cloud..")
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "command")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(MAIN);
  }
}
