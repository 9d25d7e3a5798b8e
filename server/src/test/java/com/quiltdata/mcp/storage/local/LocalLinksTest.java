package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Links and special files show nothing that is not in the bucket. The tree of the tests:
/// `outside/secret`, and below the root `bucket-a/inside/x` and `bucket-b/other`.
final class LocalLinksTest {
  private static final BucketName BUCKET = new BucketName("bucket-a");

  @TempDir private Path base;
  private Path root;
  private Path bucket;
  private LocalObjectStore store;

  @BeforeEach
  void makeTree() throws IOException {
    root = base.resolve("root");
    bucket = root.resolve("bucket-a");
    Files.createDirectories(bucket.resolve("inside"));
    Files.createDirectories(root.resolve("bucket-b"));
    Files.createDirectories(base.resolve("outside"));
    Files.writeString(bucket.resolve("inside/x"), "in");
    Files.writeString(root.resolve("bucket-b/other"), "other");
    Files.writeString(base.resolve("outside/secret"), "secret");
    store = new LocalObjectStore(root);
  }

  @Test
  void hidesWhatLinksOutOfTheBucketLeadTo() throws IOException {
    link("to-file", base.resolve("outside/secret"));
    link("to-folder", base.resolve("outside"));
    link("relative", Path.of("../../outside/secret"));
    link("to-bucket", root.resolve("bucket-b"));
    link("to-object", root.resolve("bucket-b/other"));
    link("to-root", root);
    link("inside/deep", base.resolve("outside"));
    link("look-alike", Files.createDirectory(root.resolve("bucket-a2")));
    Files.writeString(root.resolve("bucket-a2/x"), "x");

    assertHidden(
        "to-file",
        "to-folder/secret",
        "relative",
        "to-bucket/other",
        "to-object",
        "to-root/bucket-a/inside/x",
        "inside/deep/secret",
        "look-alike/x");
  }

  @Test
  void hidesChainOfLinksThatEndsOutside() throws IOException {
    link("one", bucket.resolve("two"));
    link("two", bucket.resolve("three"));
    link("three", base.resolve("outside/secret"));
    assertHidden("one", "two", "three");
  }

  @Test
  void hidesLinksThatLeadNowhereOrInCircles() throws IOException {
    link("dangling", bucket.resolve("none"));
    link("self", bucket.resolve("self"));
    link("ping", bucket.resolve("pong"));
    link("pong", bucket.resolve("ping"));
    link("inside/up", bucket);
    link("inside/here", bucket.resolve("inside"));

    assertHidden(
        "dangling", "self", "self/x", "ping", "inside/up/inside/x", "inside/here/x", "inside/up");
  }

  @Test
  void endsWhereTwoFoldersLinkToEachOther() throws IOException {
    Files.createDirectories(bucket.resolve("left"));
    Files.createDirectories(bucket.resolve("right"));
    Files.writeString(bucket.resolve("left/l"), "l");
    link("left/to-right", bucket.resolve("right"));
    link("right/to-left", bucket.resolve("left"));
    assertThat(keys()).containsExactly("inside/x", "left/l", "right/to-left/l");
    assertThat(store.find(at("right/to-left/l"))).isPresent();
    assertThat(store.find(at("left/to-right/to-left/l"))).isEmpty();
  }

  @Test
  void followsLinksInsideTheBucket() throws IOException {
    link("file", bucket.resolve("inside/x"));
    link("folder", Path.of("inside"));
    assertThat(keys()).containsExactly("file", "folder/x", "inside/x");
    for (String key : keys()) {
      assertThat(read(key)).isEqualTo("in");
    }
  }

  @Test
  void writesBesideRefusedLinksAndNeverThroughThem() throws IOException {
    link("to-file", base.resolve("outside/secret"));
    link("to-folder", base.resolve("outside"));
    link("dangling", base.resolve("outside/new"));
    for (String key : List.of("to-file", "to-folder/secret", "to-folder/new", "dangling")) {
      put(key);
      assertThat(read(key)).isEqualTo("new");
    }
    assertThat(base.resolve("outside/secret")).hasContent("secret");
    assertThat(base.resolve("outside/new")).doesNotExist();
    assertThat(bucket.resolve("to-file")).isSymbolicLink();

    for (String key : List.of("to-file", "to-folder/secret", "to-folder/new", "dangling")) {
      store.delete(at(key));
      store.delete(at(key));
    }
    assertThat(base.resolve("outside/secret")).hasContent("secret");
    assertThat(keys()).containsExactly("inside/x");
  }

  @Test
  void replacesAndDeletesLinksInsideTheBucketThemselves() throws IOException {
    link("file", bucket.resolve("inside/x"));
    put("file");
    assertThat(bucket.resolve("file")).isRegularFile();
    assertThat(read("inside/x")).isEqualTo("in");

    link("again", bucket.resolve("inside/x"));
    store.delete(at("again"));
    assertThat(Files.exists(bucket.resolve("again"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(read("inside/x")).isEqualTo("in");
  }

  @Test
  void takesNoLinkForBucket() throws IOException {
    Files.createSymbolicLink(root.resolve("bucket-out"), base.resolve("outside"));
    Files.createSymbolicLink(root.resolve("bucket-alias"), root.resolve("bucket-b"));
    Files.createSymbolicLink(root.resolve("bucket-none"), root.resolve("none"));
    assertThat(store.buckets().toString()).isEqualTo("[bucket-a, bucket-b]");
    for (String name : List.of("bucket-out", "bucket-alias", "bucket-none")) {
      assertNotFound(() -> store.list(ListRequest.of(new BucketName(name), "")));
    }
  }

  @Test
  void servesRootThatIsReachedThroughLink() throws IOException {
    Path alias = Files.createSymbolicLink(base.resolve("alias"), root);
    LocalObjectStore aliased = new LocalObjectStore(alias);
    assertThat(aliased.find(at("inside/x"))).isPresent();
    assertThat(aliased.locate(alias.resolve("bucket-a/inside/x"))).contains(at("inside/x"));
    assertThat(aliased.locate(root.toRealPath().resolve("bucket-a/inside/x")))
        .contains(at("inside/x"));
  }

  @Test
  @Timeout(20)
  void opensNoSpecialFiles() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", bucket + "/pipe").start().waitFor()).isZero();
    link("to-pipe", bucket.resolve("pipe"));
    link("to-device", Path.of("/dev/zero"));
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(bucket.resolve("socket")));
      assertHidden("pipe", "to-pipe", "to-device", "socket");
      put("pipe");
      assertThat(read("pipe")).isEqualTo("new");
    }
  }

  @Test
  void leavesNoBucketByKey() {
    for (String key :
        List.of(
            "../bucket-b/other",
            "inside/../../bucket-b/other",
            "../../outside/secret",
            root + "/bucket-b/other",
            "inside/./x",
            "inside/../inside/x",
            "inside//x",
            "inside\\x",
            "inside%2Fx",
            "..%2F..%2Foutside%2Fsecret")) {
      assertThat(store.find(at(key))).as(key).isEmpty();
      assertNotFound(() -> store.open(at(key), ByteRange.ALL));
      assertThat(store.list(ListRequest.of(BUCKET, key)).objects()).as(key).isEmpty();
    }
  }

  private void assertHidden(String... hidden) {
    for (String key : hidden) {
      assertThat(store.find(at(key))).as(key).isEmpty();
      assertNotFound(() -> store.open(at(key), ByteRange.ALL));
      assertThat(store.list(ListRequest.of(BUCKET, key)).objects()).as(key).isEmpty();
    }
    assertThat(keys()).containsExactly("inside/x");
    assertThat(store.list(ListRequest.of(BUCKET, "").delimitedBy("/")).commonPrefixes())
        .containsExactly("inside/");
  }

  private static void assertNotFound(Runnable call) {
    Fault fault = catchThrowableOfType(Fault.class, call::run);
    assertThat(fault.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault.text()).endsWith(" not found");
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(bucket.resolve(name), target);
  }

  private List<String> keys() {
    return store.list(ListRequest.of(BUCKET, "")).objects().stream()
        .map(ObjectInfo::location)
        .map(ObjectLocation::key)
        .toList();
  }

  private void put(String key) {
    store.put(at(key), new ByteArrayInputStream("new".getBytes(UTF_8)), PutOptions.NONE);
  }

  private String read(String key) throws IOException {
    try (ObjectContent content = store.open(at(key), ByteRange.ALL)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }

  private static ObjectLocation at(String key) {
    return ObjectLocation.of(BUCKET, key);
  }
}
