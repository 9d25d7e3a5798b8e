package com.quiltdata.mcp.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class GrantedStoreTest {
  private static final BucketName TEAM = new BucketName("team");
  private static final BucketName MORE = new BucketName("more");
  private static final ObjectLocation OWN = ObjectLocation.of(TEAM, "k");
  private static final ObjectLocation MET = ObjectLocation.of(MORE, "k");
  private static final ObjectLocation FOREIGN = ObjectLocation.of(new BucketName("foreign"), "k");

  static final List<Consumer<ObjectStore>> REQUESTS =
      List.of(
          store -> store.list(ListRequest.of(FOREIGN.bucket(), "")),
          store -> store.tokenAfter(ListRequest.of(FOREIGN.bucket(), ""), "k"),
          store -> store.find(FOREIGN),
          store -> store.open(FOREIGN, ByteRange.ALL),
          store -> store.put(FOREIGN, bytes(), PutOptions.NONE),
          store -> store.copy(FOREIGN, OWN),
          store -> store.copy(OWN, FOREIGN),
          store -> store.checksums(FOREIGN),
          store -> store.delete(FOREIGN),
          store -> store.link(FOREIGN, Duration.ofMinutes(1)),
          store -> store.file(FOREIGN));

  private final InMemoryObjectStore memory = new InMemoryObjectStore();
  private final CountingObjectStore counting = new CountingObjectStore(memory);
  private final List<Grant> grants = new ArrayList<>();
  private final CallStorage plain =
      grant -> {
        grants.add(grant);
        return counting;
      };

  GrantedStoreTest() {
    for (String bucket : List.of("team", "more", "foreign")) {
      memory.addBucket(bucket);
      memory.add(bucket, "k", "x");
    }
  }

  private static ByteArrayInputStream bytes() {
    return new ByteArrayInputStream("y".getBytes(UTF_8));
  }

  private static Grant grant(Caller caller) {
    return new Grant(caller, Set.of(TEAM), Set.of("s3:GetObject"));
  }

  private ObjectStore storeOf(Caller caller) {
    return plain.withinClaims().of(grant(caller));
  }

  @ParameterizedTest
  @FieldSource("REQUESTS")
  void refusesBucketsThatTheClaimsDoNotCoverAndSendsNothing(Consumer<ObjectStore> request) {
    for (Caller caller : List.of(Callers.bearer("team", "more"), Callers.ANONYMOUS)) {
      ObjectStore store = storeOf(caller);
      assertThatThrownBy(() -> request.accept(store))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.FORBIDDEN_BUCKET))
          .message()
          .startsWith("Access denied to bucket ");
    }
    assertThat(counting.calls()).isEmpty();
    assertThat(grants).hasSize(2);
  }

  @ParameterizedTest
  @FieldSource("REQUESTS")
  void letsThePersonAtThisMachineReachEverything(Consumer<ObjectStore> request) {
    assertThat(storeOf(Callers.LOCAL)).isSameAs(counting);
    request.accept(storeOf(Callers.LOCAL));
    request.accept(storeOf(Callers.bearer("*")));
  }

  @Test
  void listsCoveredBucketsOnlyAndNamesNoneForThat() {
    Caller caller = Callers.bearer("team", "more");
    assertThat(storeOf(caller).buckets()).containsExactly(MORE, TEAM);
    assertThat(grants).containsExactly(grant(caller), grant(caller).in(Set.of()));
  }

  @Test
  void reachesABucketOnTheWayWithAWiderGrant() {
    Caller caller = Callers.bearer("team", "more");
    ObjectStore store = storeOf(caller);
    assertThat(store.find(OWN)).isPresent();
    assertThat(grants).containsExactly(grant(caller));
    assertThat(store.find(MET)).isPresent();
    store.copy(MET, OWN);
    Grant wider = grant(caller).in(Set.of(TEAM, MORE));
    assertThat(grants).containsExactly(grant(caller), wider, wider);
  }
}
