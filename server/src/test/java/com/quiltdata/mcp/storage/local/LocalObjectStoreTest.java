package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.ObjectStoreContract;
import com.quiltdata.mcp.storage.OddKeys;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalObjectStoreTest extends ObjectStoreContract {
  private static final BucketName BUCKET = new BucketName("contract-bucket");

  @TempDir private Path root;
  private Path folder;
  private LocalObjectStore store;

  @BeforeEach
  void makeBucket() throws IOException {
    store = new LocalObjectStore(root);
    folder = Files.createDirectory(root.resolve(BUCKET.value()));
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketName bucket() {
    return BUCKET;
  }

  @Override
  protected boolean keepsMetadata() {
    try {
      Files.getFileAttributeView(folder, UserDefinedFileAttributeView.class)
          .write("probe", UTF_8.encode("x"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void namesFoldersThatAreNamedLikeBuckets() throws IOException {
    for (String name : List.of("a-bucket", "z.bucket", ".hidden", "Upper", "ab", "xn--x", "a_b")) {
      Files.createDirectory(root.resolve(name));
    }
    Files.createFile(root.resolve("a-file"));
    assertThat(store.buckets().toString()).isEqualTo("[a-bucket, contract-bucket, z.bucket]");
  }

  @Test
  void readsFilesThatSomebodyPlaced() throws IOException {
    place("data/2024/table.csv", "a,b");
    place(".quilt/named_packages/x/y/latest", "f00");
    place("odd: name?.txt", "odd");
    place("trailing.", "dot");

    assertThat(keys(list("")))
        .containsExactly(
            ".quilt/named_packages/x/y/latest",
            "data/2024/table.csv",
            "odd: name?.txt",
            "trailing.");
    assertThat(read("odd: name?.txt")).isEqualTo("odd");
    ObjectInfo table = store.find(at("data/2024/table.csv")).orElseThrow();
    assertThat(table.contentType()).contains("text/csv");
    assertThat(table.metadata()).isEmpty();
    assertThat(table.location().versionId()).isEmpty();
  }

  @Test
  void storesOrdinaryKeysUnderTheirNames() throws IOException {
    put("data/report 1 (final)+2.csv", "x");
    assertThat(folder.resolve("data/report 1 (final)+2.csv")).hasContent("x");
  }

  @Test
  void storesOtherKeysInEscapedForm() throws IOException {
    put("a:b", "1");
    put("../x", "2");
    put("a//b/", "3");
    assertThat(paths()).containsExactlyInAnyOrder("%!a%3Ab", "%+.%2E/x", "a/%+/b/%!");
  }

  @Test
  void replacesPlacedFilesWhereTheyAre() throws IOException {
    place("odd:folder/odd?", "old");
    put("odd:folder/odd?", "new");
    put("odd:folder/other", "other");
    assertThat(paths()).containsExactlyInAnyOrder("odd:folder/odd?", "odd:folder/other");
    store.delete(at("odd:folder/odd?"));
    assertThat(store.find(at("odd:folder/odd?"))).isEmpty();
  }

  @Test
  void joinsFolderInPlainAndEscapedForm() throws IOException {
    place("x:y/a", "plain a");
    place("x:y/c", "plain c");
    place("%+x%3Ay/a", "escaped a");
    place("%+x%3Ay/b", "escaped b");

    assertThat(keys(list(""))).containsExactly("x:y/a", "x:y/b", "x:y/c");
    assertThat(read("x:y/a")).isEqualTo("plain a");
    assertThat(list("").objects().getFirst())
        .extracting(ObjectInfo::etag)
        .isEqualTo(store.find(at("x:y/a")).orElseThrow().etag());
    store.delete(at("x:y/a"));
    assertThat(keys(list(""))).containsExactly("x:y/b", "x:y/c");
  }

  @Test
  void ignoresNamesThatItWouldNotWrite() throws IOException {
    for (String name : List.of("%!", "%!%3a", "%!%41", "%!%", "%!a%2Fb", "%+a", "%~x", "%-x")) {
      place(name, "x");
    }
    place("%!folder/x", "x");
    place("%-" + "a".repeat(240) + "/plain", "x");
    assertThat(list("").objects()).isEmpty();
  }

  @Test
  void hidesFilesInTheMaking() throws IOException {
    InputStream slow =
        new InputStream() {
          private int left = 3;

          @Override
          public int read() {
            assertThat(list("").objects()).isEmpty();
            assertThat(store.find(at("a/b"))).isEmpty();
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int next = read();
            bytes[offset] = (byte) next;
            return next < 0 ? -1 : 1;
          }
        };
    store.put(at("a/b"), slow, PutOptions.NONE);
    assertThat(read("a/b")).isEqualTo("xxx");
    assertThat(paths()).containsExactly("a/b");
  }

  @Test
  void leavesNoEmptyFolders() throws IOException {
    for (String key : OddKeys.shallow()) {
      put(key, key);
      store.delete(at(key));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void listsNoEmptyFoldersAsPrefixes() throws IOException {
    Files.createDirectories(folder.resolve("empty/er"));
    place("full/x", "x");
    assertThat(store.list(ListRequest.of(BUCKET, "").delimitedBy("/")).commonPrefixes())
        .containsExactly("full/");
  }

  @Test
  void findsItsFilesAgain() {
    for (String key : OddKeys.shallow()) {
      Path before = Path.of(store.link(at(key), Duration.ZERO).uri());
      assertThat(store.locate(before)).contains(at(key));
      put(key, key);
      Path after = Path.of(store.link(at(key), Duration.ZERO).uri());
      assertThat(after).isRegularFile();
      assertThat(store.locate(after)).contains(at(key));
      store.delete(at(key));
    }
  }

  @Test
  void locatesNothingOutside() {
    for (String path :
        List.of("", "contract-bucket", "contract-bucket/../x", "Upper/x", "../x/y")) {
      assertThat(store.locate(root.resolve(path))).as(path).isEmpty();
    }
    assertThat(store.locate(root.resolve("contract-bucket/%~x"))).isEmpty();
    assertThat(store.locate(root.resolve("x/../contract-bucket/a"))).contains(at("a"));
  }

  @Test
  void refusesKeyThatIsTooDeepForTheHost() throws IOException {
    Path deep = root;
    for (int i = 0; i < 8; i++) {
      deep = deep.resolve("deep-folder-".repeat(18));
    }
    Files.createDirectories(deep.resolve(BUCKET.value()));
    LocalObjectStore deepStore = new LocalObjectStore(deep);
    String key = ":/".repeat(500);
    assertThat(deepStore.find(at(key))).isEmpty();
    assertFault(
        FaultCode.INVALID_ARGUMENT,
        () -> deepStore.put(at(key), InputStream.nullInputStream(), PutOptions.NONE));
    assertThat(deep.resolve(BUCKET.value())).isEmptyDirectory();
  }

  @Test
  void passesOverManyEmptyFolders() throws IOException {
    for (int i = 0; i < 300; i++) {
      Files.createDirectories(folder.resolve("empty-%03d/er".formatted(i)));
    }
    place("empty-150/er/x", "x");
    place("last", "x");
    ListRequest request = ListRequest.of(BUCKET, "").limitedTo(1);
    assertThat(keys(store.list(request))).containsExactly("empty-150/er/x");
    String token = store.list(request).nextToken().orElseThrow();
    assertThat(keys(store.list(request.from(token)))).containsExactly("last");
    assertThat(store.list(request.from(token)).nextToken()).isEmpty();
  }

  @Test
  void namesNoPathOfTheHostInFaults() {
    LocalObjectStore missing = new LocalObjectStore(root.resolve("no-such-root"));
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            missing::buckets,
            () -> missing.list(ListRequest.of(BUCKET, "")),
            () -> missing.find(at("a")))) {
      Fault fault = assertFault(FaultCode.UPSTREAM_UNAVAILABLE, call);
      assertThat(fault.text())
          .startsWith("The local storage failed")
          .doesNotContain("no-such-root");
    }
    assertThat(missing.locate(root.resolve("x/y"))).isEmpty();
  }

  @Test
  void writesBesideWhatIsNoObject() throws IOException {
    Files.createDirectory(folder.resolve("empty-folder"));
    put("empty-folder", "x");
    assertThat(read("empty-folder")).isEqualTo("x");
    assertThat(keys(list(""))).containsExactly("empty-folder");
  }

  @Test
  void endsWhenInterrupted() throws IOException {
    place("a", "x");
    try (ObjectContent content = store.open(at("a"), ByteRange.ALL)) {
      Thread.currentThread().interrupt();
      assertFault(FaultCode.CANCELLED, () -> content.stream().readAllBytes());
    }
    assertFault(FaultCode.CANCELLED, () -> list(""));
    assertFault(FaultCode.CANCELLED, () -> put("b", "x"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(keys(list(""))).containsExactly("a");
  }

  private void place(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> paths() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
