package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.TreeOrder;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackageListingTest {
  private static final ManifestSource MANIFEST =
      TestManifests.of(
          List.of(
              "README.md",
              "a/b/c.CSV",
              "a/b/d.csv",
              "a/b c/x.txt",
              "a/z",
              "b/.hidden",
              "c/d/e/f.h5"));

  private static PackageListing list(String folder, int depth, int limit, String after) {
    return PackageListing.of(
        MANIFEST,
        new ListingRequest(folder, depth, limit, Optional.of(after).filter(t -> !t.isEmpty())));
  }

  @Test
  void summarisesTheWholePackageWhateverIsListed() {
    PackageListing listing = list("c", 0, 1, "");
    assertThat(listing.items()).extracting(ListedItem::path).containsExactly("c/d/e/f.h5");
    assertThat(listing.summary().files()).isEqualTo(7);
    assertThat(listing.summary().totalBytes()).isEqualTo(7);
    // a, a/b, a/b c, b, c, c/d, c/d/e
    assertThat(listing.summary().directories()).isEqualTo(7);
    assertThat(listing.summary().fileTypes())
        .containsExactly(
            entry("", 2L), entry("csv", 2L), entry("h5", 1L), entry("md", 1L), entry("txt", 1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''   | 0 | README.md, a/b/c.CSV, a/b/d.csv, a/b c/x.txt, a/z, b/.hidden, c/d/e/f.h5
          ''   | 1 | README.md, a/, b/, c/
          ''   | 2 | README.md, a/b/, a/b c/, a/z, b/.hidden, c/d/
          ''   | 3 | README.md, a/b/c.CSV, a/b/d.csv, a/b c/x.txt, a/z, b/.hidden, c/d/e/
          ''   | 9 | README.md, a/b/c.CSV, a/b/d.csv, a/b c/x.txt, a/z, b/.hidden, c/d/e/f.h5
          a    | 1 | a/b/, a/b c/, a/z
          a/   | 0 | a/b/c.CSV, a/b/d.csv, a/b c/x.txt, a/z
          a/b  | 1 | a/b/c.CSV, a/b/d.csv
          none | 0 | ''
          """)
  void showsAsManyLevelsAsAsked(String folder, int depth, String paths) {
    List<String> expected = paths.isEmpty() ? List.of() : List.of(paths.split(", "));
    PackageListing listing = list(folder, depth, 100, "");
    assertThat(listing.items()).extracting(ListedItem::path).containsExactlyElementsOf(expected);
    assertThat(listing.next()).isEmpty();
    for (int limit = 1; limit < 4; limit++) {
      assertThat(pages(folder, depth, limit)).isEqualTo(expected);
    }
  }

  private static List<String> pages(String folder, int depth, int limit) {
    List<String> paths = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      PackageListing page = list(folder, depth, limit, after.get());
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      page.items().forEach(item -> paths.add(item.path()));
      after = page.next();
    }
    return paths;
  }

  @Test
  void addsUpTheFilesOfAFolder() {
    assertThat(list("", 1, 100, "").items())
        .contains(new ListedItem.Folder("a/", 4, 4), new ListedItem.Folder("c/", 1, 1));
  }

  @Test
  void goesOnBehindAPathThatIsNotThere() {
    assertThat(list("", 0, 100, "a/c").items())
        .extracting(ListedItem::path)
        .containsExactly("a/z", "b/.hidden", "c/d/e/f.h5");
  }

  @Test
  void listsNothingButTheSummaryWhenNothingIsAskedFor() {
    PackageListing listing = list("", 0, 0, "");
    assertThat(listing.items()).isEmpty();
    assertThat(listing.next()).isEmpty();
    assertThat(listing.summary().files()).isEqualTo(7);
  }

  @Test
  void isTheSameForAManifestOutOfOrder() {
    ManifestSource ordered = TestManifests.of(List.of("a/x", "a/y", "a b", "c"));
    ManifestSource other = TestManifests.of(List.of("a b", "a/x", "a/y", "c"));
    ListingRequest request = new ListingRequest("", 1, 2, Optional.empty());
    assertThat(PackageListing.of(other, request)).isEqualTo(PackageListing.of(ordered, request));
  }

  @Test
  void findsKeysThatStandTwiceInAManifestOutOfOrder() {
    ManifestSource manifest = TestManifests.of(List.of("b", "a", "b"));
    assertThatThrownBy(() -> PackageListing.of(manifest, ListingRequest.all(1)))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA))
        .hasMessage("Manifest test: the logical key 'b' stands there twice");
  }

  @Test
  void refusesFoldersOutsideThePackage() {
    assertThatThrownBy(() -> new ListingRequest("../x", 0, 1, Optional.empty()))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.INVALID_LOGICAL_KEY));
  }

  @Test
  void pagesThroughFiveThousandEntries() {
    Registry registry = QuiltFixtures.registry("local");
    ManifestSource manifest = registry.manifest(registry.latest(PackageName.parse("demo/large")));
    Optional<String> after = Optional.empty();
    List<String> paths = new ArrayList<>();
    do {
      PackageListing page = PackageListing.of(manifest, new ListingRequest("", 0, 1_500, after));
      page.items().forEach(item -> paths.add(item.path()));
      after = page.next();
    } while (after.isPresent());
    assertThat(paths)
        .hasSize(5_000)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(TreeOrder.INSTANCE);
  }
}
