package com.quiltdata.mcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The house: which package may import which. `docs/architecture.md` draws the same picture.
final class ArchitectureTest {
  private static final String ROOT = "com.quiltdata.mcp";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /// What each package may import of this program. `*` stands for sub-packages.
  private static final Map<String, List<String>> MAY_IMPORT = new TreeMap<>();

  static {
    allow("", "command");
    allow("command", "app", "auth", "config", "json", "observe", "proxy", "tools.access");
    allow("app", "*");
    allow("admission");
    allow("concurrent", "fault");
    allow("config");
    allow("fault");
    allow("json");
    allow("observe", "json");
    allow("input", "json");
    allow("state", "json");
    allow("replica", "json", "fault", "observe", "concurrent");
    allow("change", "json", "replica");
    allow(
        "task",
        "auth",
        "concurrent",
        "fault",
        "input",
        "json",
        "observe",
        "replica",
        "state",
        "tool");
    allow("storage", "fault");
    allow("storage.local", "storage", "fault");
    allow("upstream", "fault", "observe");
    allow("aws", "upstream", "observe", "fault");
    allow("credentials", "auth", "aws", "upstream", "storage", "json", "observe", "fault");
    allow("storage.s3", "storage", "aws", "upstream", "fault");
    allow("sample", "storage", "storage.local", "fault");
    allow("auth", "concurrent", "fault", "json", "storage");
    allow("secret", "auth", "aws", "fault");
    allow("issuer", "auth", "upstream", "fault", "json", "observe");
    allow("quilt", "fault", "storage");
    allow("quilt.hash", "fault", "storage");
    allow("quilt.manifest", "quilt", "quilt.hash", "fault", "json", "storage");
    allow(
        "quilt.registry",
        "quilt",
        "quilt.manifest",
        "quilt.hash",
        "concurrent",
        "fault",
        "storage");
    allow("quilt.workflow", "quilt", "quilt.manifest", "fault", "json", "storage");
    allow(
        "quilt.push",
        "quilt",
        "quilt.hash",
        "quilt.manifest",
        "quilt.registry",
        "quilt.workflow",
        "concurrent",
        "fault",
        "json",
        "storage");
    allow(
        "quilt.check",
        "quilt",
        "quilt.hash",
        "quilt.manifest",
        "quilt.registry",
        "concurrent",
        "fault",
        "storage");
    allow("content", "json");
    allow("completion", "auth", "fault");
    allow("tool", "auth", "content", "fault", "input", "json", "storage");
    allow("resource", "auth", "completion", "fault", "input", "json");
    allow("prompt", "auth", "completion", "content", "fault", "input", "json");
    allow(
        "tools",
        "auth",
        "fault",
        "input",
        "json",
        "quilt",
        "quilt.push",
        "quilt.workflow",
        "storage",
        "tool");
    allow(
        "tools.authoring",
        "tools",
        "tool",
        "input",
        "auth",
        "concurrent",
        "fault",
        "json",
        "storage",
        "quilt",
        "quilt.manifest",
        "quilt.push",
        "quilt.registry",
        "quilt.template",
        "quilt.workflow");
    allow("tools.buckets", "tools", "tool", "resource", "auth", "fault", "json", "storage");
    allow(
        "tools.packages",
        "tools",
        "tool",
        "resource",
        "auth",
        "fault",
        "json",
        "storage",
        "quilt",
        "quilt.check",
        "quilt.hash",
        "quilt.manifest",
        "quilt.registry");
    allow(
        "tools.catalog", "tools", "tool", "resource", "auth", "fault", "json", "storage", "quilt");
    allow("quilt.template", "fault", "json");
    allow(
        "tools.folder",
        "tools",
        "tool",
        "input",
        "auth",
        "fault",
        "json",
        "storage",
        "quilt",
        "quilt.manifest",
        "quilt.push",
        "quilt.registry",
        "quilt.template",
        "quilt.workflow");
    allow("tools.metadata", "tools", "tool", "resource", "auth", "fault", "json", "quilt.template");
    allow("tools.access", "tools", "tool", "resource", "auth", "fault", "input", "json");
    allow(
        "tools.completers",
        "tools",
        "completion",
        "auth",
        "fault",
        "storage",
        "quilt",
        "quilt.registry",
        "quilt.manifest");
    allow(
        "tools.prompts",
        "tools",
        "tools.completers",
        "prompt",
        "completion",
        "tool",
        "auth",
        "fault",
        "json",
        "storage",
        "quilt",
        "quilt.registry",
        "quilt.manifest");
    allow(
        "protocol",
        "tool",
        "resource",
        "prompt",
        "completion",
        "content",
        "auth",
        "change",
        "concurrent",
        "fault",
        "input",
        "json",
        "observe",
        "replica",
        "state",
        "storage",
        "task");
    allow("transport", "protocol", "concurrent", "fault", "observe");
    allow(
        "transport.http",
        "admission",
        "transport",
        "protocol",
        "replica",
        "auth",
        "json",
        "observe");
    allow("transport.stdio", "transport", "protocol", "auth", "observe");
    allow(
        "proxy", "protocol", "transport.stdio", "concurrent", "config", "fault", "json", "observe");
  }

  private static void allow(String name, String... others) {
    MAY_IMPORT.put(name, List.of(others));
  }

  static Collection<String> packages() {
    return MAY_IMPORT.keySet();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @MethodSource("packages")
  void importsOnlyWhatItMay(String name) {
    List<String> allowed = MAY_IMPORT.getOrDefault(name, List.of());
    if (allowed.contains("*")) {
      return;
    }
    Stream<String> mine = Stream.concat(Stream.of(name), allowed.stream());
    List<String> full = mine.map(ArchitectureTest::full).toList();
    classes()
        .that()
        .resideInAPackage(full(name))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "reside outside of this program or in " + full,
                (JavaClass other) ->
                    !isOurs(other.getPackageName()) || full.contains(other.getPackageName())))
        .check(CODE);
  }

  private static boolean isOurs(String packageName) {
    return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
  }

  private static String full(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }

  @Test
  void everyPackageHasItsPlaceInTheList() {
    assertThat(CODE.stream().map(JavaClass::getPackageName).distinct().sorted())
        .containsExactlyInAnyOrderElementsOf(
            packages().stream().map(ArchitectureTest::full).toList());
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertThat(
            CODE.stream().map(JavaClass::getPackage).distinct().filter(ArchitectureTest::lacksInfo))
        .isEmpty();
  }

  private static boolean lacksInfo(JavaPackage javaPackage) {
    return javaPackage.tryGetPackageInfo().isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void helidonsWebServerIsKnownToTheTransportAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".transport.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon.webserver..", "io.helidon.http..")
        .check(CODE);
  }

  @Test
  void helidonsJwtClassesAreKnownToAuthAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".auth")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon.security..")
        .check(CODE);
  }

  @Test
  void theAwsSdkIsKnownToItsClientsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".aws", ROOT + ".credentials", ROOT + ".secret", ROOT + ".storage.s3")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..")
        .check(CODE);
  }

  @Test
  void theCommandLineLibraryIsKnownToCommandsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".command")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .check(CODE);
  }

  @Test
  void theProcessIsTouchedByCommandsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".command")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CODE);
  }

  @Test
  void codeBlocksAndIsNotReactive() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent.Flow..", "reactor..", "org.reactivestreams..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(CODE);
    methods()
        .that()
        .arePublic()
        .should()
        .notHaveRawReturnType("java.util.concurrent.CompletableFuture")
        .check(CODE);
  }

  @Test
  void nothingFromOutsideIsReadWhole() {
    noClasses().should().callMethod(InputStream.class, "readAllBytes").check(CODE);
  }

  /// Its thread never ends, so that one for each object would be left behind with it.
  @Test
  void heartbeatsAreOfTheProcess() {
    assertThat(CODE.get(Heartbeat.class).getConstructorCallsToSelf())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.getOrigin().getName()).isEqualTo("<clinit>"));
  }

  @Test
  void suffixesHaveAMeaning() {
    List<String> empty = List.of("Manager", "Helper", "Util", "Utils", "Impl", "Base");
    assertThat(
            CODE.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> empty.stream().anyMatch(name::endsWith)))
        .isEmpty();
    assertThat(Arrays.asList("Package", "Record", "Module", "Process"))
        .doesNotContainAnyElementsOf(CODE.stream().map(JavaClass::getSimpleName).toList());
  }
}
