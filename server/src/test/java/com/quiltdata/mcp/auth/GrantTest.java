package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a call may do, and what more it may do on its way.
final class GrantTest {
  private static final BucketName ONE = new BucketName("bucket-one");
  private static final BucketName TWO = new BucketName("bucket-two");
  private static final Caller BEARER = Callers.bearer("bucket-one");

  private final Grant grant = new Grant(BEARER, Set.of(ONE), Set.of("s3:GetObject"));

  @Test
  void coversWhatItsCallerReaches() {
    assertThat(grant.covers(ONE)).isTrue();
    assertThat(grant.covers(TWO)).isFalse();
    assertThat(Grant.least(Callers.LOCAL).covers(TWO)).isTrue();
    assertThat(Grant.least(Callers.ANONYMOUS).covers(ONE)).isFalse();
  }

  @Test
  void takesABucketThatACallMeets() {
    assertThat(grant.meeting(ONE)).isSameAs(grant);
    assertThat(grant.meeting(TWO))
        .isEqualTo(new Grant(BEARER, Set.of(ONE, TWO), Set.of("s3:GetObject")));
  }

  @Test
  void joinsTwoOfOneCallerOnly() {
    Grant other = new Grant(BEARER, Set.of(TWO), Set.of("s3:PutObject"));
    assertThat(grant.and(other))
        .isEqualTo(new Grant(BEARER, Set.of(ONE, TWO), Set.of("s3:GetObject", "s3:PutObject")));
    assertThatIllegalArgumentException().isThrownBy(() -> grant.and(Grant.least(Callers.LOCAL)));
  }

  @Test
  void callersHaveNamesForLogs() {
    assertThat(Callers.LOCAL.name()).contains("local");
    assertThat(Callers.ANONYMOUS.name()).isEmpty();
    assertThat(BEARER.name()).contains("user-1");
  }

  @Test
  void rulesOfCallsAreNamed() {
    assertThat(CallRule.allowing(BEARER)).isEqualTo(CallRule.CLAIMS);
    assertThat(CallRule.allowing(Callers.LOCAL)).isEqualTo(CallRule.LOCAL);
    assertThat(CallRule.denying(FaultCode.INVALID_S3_URI)).contains(CallRule.BUCKET_NAMES);
    assertThat(CallRule.denying(FaultCode.TIMEOUT)).isEmpty();
    assertThat(CallRule.BUCKET_NAMES.wire()).isEqualTo("bucket_names");
  }
}
