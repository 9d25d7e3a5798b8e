package com.quiltdata.mcp.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private final Admission admission =
      Admission.of(
          new ClientLimits(Rate.perSecond(1, 3), 8, Rate.perSecond(1, 2), Rate.perMinute(1)),
          () -> 0);

  private static Optional<InetAddress> address(String text) {
    return Optional.of(InetAddress.ofLiteral(text));
  }

  private static int taken(Supplier<Duration> ask) {
    int taken = 0;
    while (taken < 100 && ask.get().isZero()) {
      taken++;
    }
    return taken;
  }

  @Test
  void countsUsersStrangersAndFailuresApart() {
    assertThat(taken(() -> admission.user("user:ada"))).isEqualTo(3);
    assertThat(taken(() -> admission.user("user:bob"))).isEqualTo(3);
    assertThat(taken(() -> admission.stranger(address("10.0.0.1")))).isEqualTo(2);
    assertThat(taken(() -> admission.stranger(address("10.0.0.2")))).isEqualTo(2);
    assertThat(taken(() -> admission.failedToken(address("10.0.0.1")))).isEqualTo(1);
  }

  @Test
  void takesANetworkOfIpv6ForOneClient() {
    assertThat(taken(() -> admission.stranger(address("2001:db8:1:2::1")))).isEqualTo(2);
    assertThat(taken(() -> admission.stranger(address("2001:db8:1:2:ffff::9")))).isZero();
    assertThat(taken(() -> admission.stranger(address("2001:db8:1:3::1")))).isEqualTo(2);
  }

  @Test
  void holdsNobodyBackWhoseAddressIsNotKnown() {
    assertThat(taken(() -> admission.stranger(Optional.empty()))).isEqualTo(100);
    assertThat(taken(() -> admission.failedToken(Optional.empty()))).isEqualTo(100);
  }

  @Test
  void canBeFree() {
    Admission free = Admission.free();
    free.charge("local", 1_000);
    assertThat(taken(() -> free.user("local"))).isEqualTo(100);
    assertThat(taken(() -> free.stranger(address("10.0.0.1")))).isEqualTo(100);
  }

  @Test
  void chargesUsers() {
    admission.charge("user:ada", 2);
    assertThat(taken(() -> admission.user("user:ada"))).isEqualTo(1);
  }
}
