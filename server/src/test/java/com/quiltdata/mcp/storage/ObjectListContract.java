package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How every kind of storage lists.
public abstract class ObjectListContract {
  private static final List<String> TREE =
      List.of(
          "a",
          "a!",
          "a-b/c",
          "a/",
          "a/b",
          "a/b/c",
          "a/b0",
          "a//d",
          "a0",
          "b/a/a",
          "b/a/b",
          "b/c",
          "z/é",
          "z/😀",
          "z/\uffff",
          "~",
          "é",
          "\uffff",
          "😀");

  /// The store; the same one during a test.
  protected abstract ObjectStore store();

  /// A bucket of it that is empty when a test begins.
  protected abstract BucketName bucket();

  /// What a stand-in for S3 is known to do otherwise.
  protected Set<Weakness> weaknesses() {
    return Set.of();
  }

  /// Whether a weakness is known.
  protected final boolean has(Weakness weakness) {
    return weaknesses().contains(weakness);
  }

  /// How many objects are more than two pages, or, where writing takes its time, more than one.
  protected int manyObjects() {
    return 2_500;
  }

  @Test
  void listsInOrderOfUtf8Bytes() {
    addTree();
    assertThat(keys(list(""))).containsExactlyElementsOf(sorted(tree()));
    assertThat(list("").nextToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/", "a/b", "a//", "a/b/", "b/a", "z/", "é", "q", "/", "a0", "a/b/c/"})
  void listsBelowPrefix(String prefix) {
    addTree();
    assertThat(keys(list(prefix)))
        .containsExactlyElementsOf(
            sorted(tree()).stream().filter(key -> key.startsWith(prefix)).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      nullValues = "none",
      value = {
        "'' / a,a!,a0,~,é,\uffff,😀 a-b/,a/,b/,z/",
        "a / a,a!,a0 a-b/,a/",
        "a/ / a/,a/b,a/b0 a//,a/b/",
        "a/b / a/b,a/b0 a/b/",
        "a/b/ / a/b/c none",
        "b / none b/",
        "b/ / b/c b/a/",
        "'' b ~,a,a!,a/,a//d,a0,z/é,z/\uffff,z/😀,é,\uffff,😀 a-b,a/b,b",
        "a b a,a!,a/,a//d,a0 a-b,a/b",
        "a /b a,a!,a-b/c,a/,a//d,a0 a/b",
        "q / none none",
      })
  void cutsKeysBehindDelimiter(String prefix, String delimiter, String objects, String prefixes) {
    if (has(Weakness.DELIMITERS)) {
      return;
    }
    addTree();
    ObjectPage page = store().list(ListRequest.of(bucket(), prefix).delimitedBy(delimiter));
    assertThat(keys(page)).containsExactlyElementsOf(sorted(split(objects)));
    assertThat(page.commonPrefixes()).containsExactlyElementsOf(sorted(split(prefixes)));
    assertPagesJoinTo(page, ListRequest.of(bucket(), prefix).delimitedBy(delimiter));
  }

  @Test
  void takesAnEmptyDelimiterForNone() {
    addTree();
    ObjectPage page = store().list(ListRequest.of(bucket(), "a").delimitedBy(""));
    assertThat(page).isEqualTo(list("a"));
  }

  @Test
  void pagesJoinToTheWhole() {
    addTree();
    assertPagesJoinTo(list(""), ListRequest.of(bucket(), ""));
    assertPagesJoinTo(list("a"), ListRequest.of(bucket(), "a"));
  }

  private void assertPagesJoinTo(ObjectPage whole, ListRequest request) {
    for (int limit = 1; limit <= tree().size() + 1; limit++) {
      List<ObjectInfo> objects = new ArrayList<>();
      List<String> prefixes = new ArrayList<>();
      Optional<String> token = Optional.empty();
      do {
        ListRequest one = request.limitedTo(limit);
        ObjectPage page = store().list(token.map(one::from).orElse(one));
        assertThat(page.objects().size() + page.commonPrefixes().size())
            .isBetween(Math.min(1, whole.objects().size() + whole.commonPrefixes().size()), limit);
        objects.addAll(page.objects());
        prefixes.addAll(page.commonPrefixes());
        token = page.nextToken();
      } while (token.isPresent());
      assertThat(objects).isEqualTo(whole.objects());
      assertThat(prefixes).isEqualTo(whole.commonPrefixes());
    }
  }

  @Test
  void goesOnWhereItWasWhileObjectsComeAndGo() {
    addTree();
    ListRequest request = ListRequest.of(bucket(), "").limitedTo(8);
    ObjectPage first = store().list(request);
    List<String> seen = keys(first);
    store().delete(at(seen.getLast()));
    store().delete(at(seen.getFirst()));
    add("  before");
    add("zz-behind");

    List<String> expected = new ArrayList<>(tree());
    expected.removeAll(seen);
    expected.add("zz-behind");
    assertThat(keys(store().list(request.limitedTo(1_000).from(first.nextToken().orElseThrow()))))
        .containsExactlyElementsOf(sorted(expected));
  }

  @Test
  void goesOnBehindAnyKey() {
    addTree();
    ListRequest request = ListRequest.of(bucket(), "a");
    List<String> all = keys(store().list(request));
    for (int i = 0; i < all.size(); i++) {
      String token = store().tokenAfter(request, all.get(i));
      assertThat(keys(store().list(request.from(token))))
          .containsExactlyElementsOf(all.subList(i + 1, all.size()));
    }
  }

  @Test
  void endsWithoutTokenWhenPageIsJustFull() {
    add("a");
    add("b/c");
    add("b/d");
    ListRequest request = ListRequest.of(bucket(), "").delimitedBy("/").limitedTo(2);
    assertThat(store().list(request).nextToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "!!!", "AQAAAAAAYQ", "\u0000", "%2F", "../../etc/passwd"})
  void refusesForeignToken(String token) {
    add("a");
    assertThatThrownBy(() -> store().list(ListRequest.of(bucket(), "").from(token)))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.INVALID_ARGUMENT));
  }

  @Test
  void listsManyObjectsOfOneFolder() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < manyObjects(); i++) {
      keys.add("many/%d-%d".formatted(i % 7, i));
    }
    keys.forEach(this::add);
    List<String> listed = new ArrayList<>();
    ObjectPage page = list("many");
    listed.addAll(keys(page));
    while (page.nextToken().isPresent()) {
      page = store().list(ListRequest.of(bucket(), "many").from(page.nextToken().get()));
      listed.addAll(keys(page));
    }
    assertThat(listed).containsExactlyElementsOf(sorted(keys));
    assertThat(store().list(ListRequest.of(bucket(), "many/").delimitedBy("-")).commonPrefixes())
        .containsExactly(
            "many/0-", "many/1-", "many/2-", "many/3-", "many/4-", "many/5-", "many/6-");
  }

  private void addTree() {
    tree().forEach(this::add);
  }

  /// Without the one key that stands elsewhere in the order of UTF-16 units.
  private List<String> tree() {
    return has(Weakness.ORDER)
        ? TREE.stream().filter(key -> !key.contains("\uffff")).toList()
        : TREE;
  }

  private void add(String key) {
    store().put(at(key), new ByteArrayInputStream(key.getBytes(UTF_8)), PutOptions.NONE);
  }

  private static List<String> split(String items) {
    return items == null ? List.of() : Arrays.asList(items.split(","));
  }

  /// Keys in key order.
  protected static List<String> sorted(List<String> keys) {
    return keys.stream().sorted(new KeyOrder()).toList();
  }

  /// The first full page below a prefix.
  protected final ObjectPage list(String prefix) {
    return store().list(ListRequest.of(bucket(), prefix));
  }

  /// The keys of a page.
  protected static List<String> keys(ObjectPage page) {
    return page.objects().stream().map(info -> info.location().key()).toList();
  }

  /// An object of the bucket of the test.
  protected final ObjectLocation at(String key) {
    return ObjectLocation.of(bucket(), key);
  }
}
