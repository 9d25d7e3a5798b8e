package com.quiltdata.mcp.quilt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.TestManifests;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class RegistryTest {
  private static final PackageName TINY = PackageName.parse("demo/tiny");
  private static final PackageName NONE = PackageName.parse("demo/none");
  private static final String HASH =
      "4513d71d2e690afa3c7dec6f3b6e37df1513369383e92ba9d2f1ad2f15df9eb7";

  static final List<String> REGISTRIES = QuiltFixtures.REGISTRIES;

  static Stream<JsonNode> packages() {
    return QuiltFixtures.packages();
  }

  private static final class Scratch {
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Registry registry = new Registry(store, store.addBucket("scratch"));

    Scratch point(String name, String pointer, String content) {
      store.add("scratch", ".quilt/named_packages/" + name + "/" + pointer, content);
      return this;
    }

    Scratch manifest(String hash) {
      store.add("scratch", ".quilt/packages/" + hash, TestManifests.HEADER);
      return this;
    }
  }

  private static void assertFault(FaultCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  @ParameterizedTest
  @FieldSource("REGISTRIES")
  void listsThePackages(String name) {
    List<String> expected =
        QuiltFixtures.expected()
            .get("list_packages")
            .get(name)
            .valueStream()
            .map(JsonNode::stringValue)
            .toList();
    Registry registry = QuiltFixtures.registry(name);
    List<String> all =
        registry.packages("", 1_000, Optional.empty()).names().stream()
            .map(PackageName::value)
            .toList();
    // The client lists folders in no order and buckets in that of their keys, as is done here.
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(name.startsWith("local") || all.equals(expected)).isTrue();
    List<String> paged = new ArrayList<>();
    Optional<PackageName> after = Optional.empty();
    do {
      PackagePage page = registry.packages("", 3, after);
      page.names().forEach(one -> paged.add(one.value()));
      after = page.next();
    } while (after.isPresent());
    assertThat(paged).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource({
    "a, 3",
    "a/, 2",
    "a/x, 2",
    "a/x-, 1",
    "a-, 1",
    "b, 1",
    "c, 0",
    "'a/x/', 0",
    "../, 0",
    "é, 1"
  })
  void listsPackagesThatBeginWithAPrefix(String prefix, int count) {
    Scratch scratch = new Scratch();
    for (String name : List.of("a/x", "a/x-y", "a-b/x", "b/x", "é/ü", "c/not.a.name", "c.d/x")) {
      scratch.point(name, "latest", HASH);
    }
    scratch.store.add("scratch", ".quilt/named_packages/stray", "x");
    PackagePage page = scratch.registry.packages(prefix, 100, Optional.empty());
    assertThat(page.names()).hasSize(count).isSorted();
  }

  @Test
  void pagesInTheOrderOfTheListing() {
    Scratch scratch = new Scratch();
    for (String name : List.of("a/x", "a/x-y", "a-b/x", "b/x")) {
      scratch.point(name, "latest", HASH);
    }
    PackagePage page = scratch.registry.packages("", 1, Optional.empty());
    List<String> names = new ArrayList<>();
    while (page.next().isPresent()) {
      names.add(page.names().getFirst().value());
      page = scratch.registry.packages("", 1, page.next());
    }
    names.add(page.names().getFirst().value());
    assertThat(names).containsExactly("a-b/x", "a/x-y", "a/x", "b/x");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void readsPointersRevisionsAndLatest(JsonNode expected) {
    Registry registry = QuiltFixtures.registry(expected.get("registry").stringValue());
    PackageName name = PackageName.parse(expected.get("name").stringValue());
    TopHash latest = new TopHash(expected.get("latest").stringValue());
    assertThat(registry.latest(name)).isEqualTo(latest);
    assertThat(registry.pointers(name))
        .extracting(Pointer::name, pointer -> pointer.hash().value())
        .containsExactlyElementsOf(
            expected
                .get("pointers")
                .valueStream()
                .map(p ->
                    org.assertj.core.api.Assertions.tuple(
                        p.get(0).stringValue(), p.get(1).stringValue()))
                .toList());
    List<PackageRevision> revisions = registry.revisions(name);
    assertThat(revisions.reversed())
        .extracting(revision -> revision.hash().value())
        .containsExactlyElementsOf(
            expected
                .get("revisions")
                .valueStream()
                .map(revision -> revision.get("top_hash").stringValue())
                .toList());
    for (PackageRevision revision : revisions) {
      assertThat(revision.isLatest()).isEqualTo(revision.hash().equals(latest));
    }
    assertThat(registry.overview(name).latest()).contains(latest);
    assertThat(registry.overview(name).pushes()).isEqualTo(expected.get("pointers").size() - 1);
  }

  @Test
  void knowsWhenRevisionsWerePushed() {
    assertThat(QuiltFixtures.registry("fx-plain").revisions(PackageName.parse("demo/rolled-back")))
        .extracting(PackageRevision::pushed, PackageRevision::isLatest)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                Optional.of(Instant.ofEpochSecond(1_700_001_200)), false),
            org.assertj.core.api.Assertions.tuple(
                Optional.of(Instant.ofEpochSecond(1_700_001_140)), true));
  }

  @Test
  void joinsPointersToTheSameRevisionAndToleratesTags() {
    String other = HASH.replace('4', '5');
    Scratch scratch =
        new Scratch()
            .point("a/b", "1700000002", HASH)
            .point("a/b", "999", HASH)
            .point("a/b", "1700000001", other)
            .point("a/b", "v1.0", HASH.replace('4', '6'))
            .point("a/b", "latest", other);
    List<PackageRevision> revisions = scratch.registry.revisions(PackageName.parse("a/b"));
    assertThat(revisions).hasSize(3);
    assertThat(revisions.get(0).pointers())
        .extracting(Pointer::name)
        .containsExactly("999", "1700000002");
    assertThat(revisions.get(1).isLatest()).isTrue();
    assertThat(revisions.get(2).pushed()).isEmpty();
    assertThat(scratch.registry.overview(PackageName.parse("a/b")).pushes()).isEqualTo(3);
  }

  @Test
  void listsPackagesWhoseLatestCannotBeRead() {
    Scratch scratch =
        new Scratch()
            .point("a/broken", "latest", "no hash")
            .point("a/headless", "1700000000", HASH)
            .point("a/whole", "latest", HASH);
    List<PackageName> names = scratch.registry.packages("", 10, Optional.empty()).names();
    assertThat(scratch.registry.overviews(names))
        .extracting(PackageOverview::name, overview -> overview.latest().map(TopHash::value))
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(PackageName.parse("a/broken"), Optional.empty()),
            org.assertj.core.api.Assertions.tuple(
                PackageName.parse("a/headless"), Optional.empty()),
            org.assertj.core.api.Assertions.tuple(PackageName.parse("a/whole"), Optional.of(HASH)));
  }

  @Test
  void saysWhichRevisionsThereAreWhenLatestIsMissing() {
    Scratch scratch = new Scratch().point("a/b", "v1", HASH).point("a/b", "1700000000", HASH);
    assertFault(
        FaultCode.NOT_FOUND,
        "Package a/b in registry s3://scratch has no latest revision; name another one, for example"
            + " '1700000000'",
        () -> scratch.registry.latest(PackageName.parse("a/b")));
    assertResolves(
        scratch, "v2", FaultCode.NOT_FOUND, "Package a/b in registry s3://scratch has no tag 'v2'");
  }

  @Test
  void readsManyPointers() {
    Scratch scratch = new Scratch().point("a/b", "latest", HASH);
    for (int i = 0; i < 1_200; i++) {
      scratch.point("a/b", Integer.toString(1_700_000_000 + i), HASH);
    }
    assertThat(scratch.registry.pointers(PackageName.parse("a/b"))).hasSize(1_201);
  }

  @Test
  void toleratesOneLineFeedInAPointer() {
    Scratch scratch = new Scratch().point("a/b", "latest", HASH + "\n");
    assertThat(scratch.registry.latest(PackageName.parse("a/b"))).hasToString(HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", HASH + "\n\n", HASH + "0", HASH + " \n", "../../../etc/passwd"})
  void refusesAPointerThatHoldsNoHash(String content) {
    Scratch scratch = new Scratch().point("a/b", "latest", content);
    assertFault(
        FaultCode.CORRUPT_DATA,
        "Pointer latest of package a/b in registry s3://scratch holds no hash",
        () -> scratch.registry.revisions(PackageName.parse("a/b")));
  }

  @Test
  void resolvesWhatACallerMayWrite() {
    Registry registry = QuiltFixtures.registry("local");
    for (String text :
        List.of("", "latest", HASH, HASH.substring(0, 6), HASH.substring(0, 63), "1700000060")) {
      assertThat(registry.resolve(TINY, RevisionReference.parse(text))).hasToString(HASH);
    }
    assertThat(registry.resolve(TINY, RevisionReference.tag("1700000060"))).hasToString(HASH);
  }

  @Test
  void takesAWholeHashUnchecked() {
    String unknown = "0".repeat(64);
    assertThat(QuiltFixtures.registry("local").resolve(NONE, new RevisionReference.Hash(unknown)))
        .hasToString(unknown);
  }

  @Test
  void saysWhyAHashIsNotResolved() {
    Scratch scratch =
        new Scratch()
            .point("a/b", "latest", HASH)
            .manifest("abcdef0" + HASH.substring(7))
            .manifest("abcdef1" + HASH.substring(7));
    assertResolves(
        scratch, "abcdef", FaultCode.INVALID_ARGUMENT, "Found multiple matches: 'abcdef'");
    assertResolves(scratch, "ABCDEF0", FaultCode.NOT_FOUND, "Found zero matches for 'ABCDEF0'");
    assertResolves(scratch, "abcdef2", FaultCode.NOT_FOUND, "Found zero matches for 'abcdef2'");
    assertResolves(scratch, "abcde", FaultCode.INVALID_ARGUMENT, "Invalid hash: 'abcde'");
    String tooLong = "a".repeat(65);
    assertResolves(scratch, tooLong, FaultCode.INVALID_ARGUMENT, "Invalid hash: '" + tooLong + "'");
    String noHash = "../".repeat(21) + "x";
    assertResolves(scratch, noHash, FaultCode.INVALID_ARGUMENT, "Invalid hash: '" + noHash + "'");
    assertResolves(
        scratch,
        "v1.0",
        FaultCode.NOT_FOUND,
        "Package a/b in registry s3://scratch has no tag 'v1.0'");
    assertResolves(scratch, "x/y", FaultCode.INVALID_ARGUMENT, "Invalid tag: 'x/y'");
    assertResolves(scratch, "..", FaultCode.INVALID_ARGUMENT, "Invalid tag: '..'");
    assertThat(
            scratch.registry.resolve(PackageName.parse("a/b"), RevisionReference.parse("abcdef0")))
        .hasToString("abcdef0" + HASH.substring(7));
  }

  private static void assertResolves(Scratch scratch, String text, FaultCode code, String message) {
    PackageName name = PackageName.parse("a/b");
    assertFault(code, message, () -> scratch.registry.resolve(name, RevisionReference.parse(text)));
  }

  @Test
  void namesPackageAndRegistryWhenThereIsNoSuchPackage() {
    Registry registry = QuiltFixtures.registry("local");
    String message = "Package demo/none does not exist in registry s3://local";
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.latest(NONE));
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.pointers(NONE));
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.revisions(NONE));
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.overview(NONE));
    assertFault(
        FaultCode.NOT_FOUND, message, () -> registry.resolve(NONE, RevisionReference.parse("v1")));
    assertThat(registry.findLatest(NONE)).isEmpty();
  }

  @Test
  void namesRevisionAndRegistryWhenThereIsNoSuchManifest() {
    TopHash unknown = new TopHash("0".repeat(64));
    Registry registry = QuiltFixtures.registry("local");
    String message = "Revision %s does not exist in registry s3://local".formatted(unknown);
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.open(unknown));
    assertFault(FaultCode.NOT_FOUND, message, () -> registry.header(unknown));
  }

  @Test
  void readsHeadersOfAnyLength() {
    Scratch scratch = new Scratch();
    TopHash hash = new TopHash(HASH);
    for (int length : List.of(10, 16_340, 16_384, 100_000)) {
      String message = "m".repeat(length);
      scratch.store.add(
          "scratch",
          ".quilt/packages/" + HASH,
          "{\"version\": \"v0\", \"message\": \"%s\"}\n".formatted(message)
              + TestManifests.line("a", 1, "x").repeat(300));
      assertThat(scratch.registry.header(hash).message()).contains(message);
    }
  }

  @Test
  void saysSoWhenThereIsNoSuchBucket() {
    Registry registry = new Registry(new InMemoryObjectStore(), new BucketName("nowhere"));
    assertThatThrownBy(() -> registry.packages("", 10, Optional.empty()))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NOT_FOUND));
  }
}
