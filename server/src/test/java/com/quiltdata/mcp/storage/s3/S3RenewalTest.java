package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.aws.RenewableCredentials;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkGlobalTime;

/// What is put right on the way: credentials that expired before their time, and a clock that is
/// off.
@Timeout(60)
final class S3RenewalTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");
  private static final ObjectLocation PLACE = ObjectLocation.of(BUCKET, "some/key");
  private static final String OBJECT =
      "ETag: \"e1\"\r\nLast-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n";
  private static final String NO_BODY = "HTTP/1.1 %d X\r\nContent-Length: 0\r\n%s\r\n";
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  /// The SDK corrects its clock for the whole process.
  @AfterEach
  void resetTheClock() {
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  /// Credentials of a user whose session is renewed so many times.
  private static final class Sessions implements RenewableCredentials {
    private final int most;
    private int number = 1;

    Sessions(int most) {
      this.most = most;
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return AwsBasicCredentials.create(
          "key-" + number, UsedSecrets.note("secret of keys that are renewed"));
    }

    @Override
    public boolean renew(AwsCredentials refused) {
      number = Math.min(most, number + 1);
      return !resolveCredentials().equals(refused);
    }
  }

  private static boolean ok(FakeS3.Asked asked, FakeS3.Connection out) throws java.io.IOException {
    if (asked.is("HEAD")) {
      out.write("HTTP/1.1 200 X\r\nContent-Length: 1\r\n%s\r\n".formatted(OBJECT));
      return true;
    }
    return asked.line().contains("some/key")
        ? out.send(200, "text/plain", new byte[1], OBJECT)
        : out.send(200, "application/xml", "<ListBucketResult></ListBucketResult>".getBytes(UTF_8));
  }

  /// Takes one key only.
  private static FakeS3 takes(String key) {
    return new FakeS3((asked, out) -> {
      if (asked.headers().getOrDefault("authorization", "").contains("Credential=" + key + "/")) {
        return ok(asked, out);
      }
      if (asked.is("HEAD")) {
        out.write(NO_BODY.formatted(400, ""));
        return true;
      }
      return out.refuse(400, "ExpiredToken");
    });
  }

  @Test
  void looksOnceForOtherCredentials() {
    try (FakeS3 s3 = takes("key-2")) {
      Sessions credentials = new Sessions(9);
      assertThat(s3.store(credentials).list(ListRequest.of(BUCKET, "")).objects()).isEmpty();
      assertThat(s3.asked()).hasSize(2);
      assertThat(s3.store(credentials).find(PLACE)).isPresent();
      assertThat(s3.asked()).hasSize(3);
    }
  }

  @Test
  void findsObjectsWithOtherCredentials() {
    try (FakeS3 s3 = takes("key-2")) {
      assertThat(s3.store(new Sessions(9)).find(PLACE)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void asksNoFurther(int sessions) {
    try (FakeS3 s3 = takes("none")) {
      Fault fault =
          catchThrowableOfType(
              Fault.class, () -> s3.store(new Sessions(sessions)).list(ListRequest.of(BUCKET, "")));
      assertThat(fault.code()).isEqualTo(FaultCode.NO_CREDENTIALS);
      assertThat(s3.asked()).hasSize(sessions == 1 ? 1 : 2);
    }
  }

  /// A service whose clock is twenty minutes ahead.
  private static FakeS3 ahead() {
    return new FakeS3((asked, out) -> {
      Instant time = Instant.now().plus(Duration.ofMinutes(20));
      String date =
          "Date: "
              + DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC))
              + "\r\n";
      Instant signed =
          LocalDateTime.parse(asked.headers().getOrDefault("x-amz-date", ""), SIGNED)
              .toInstant(ZoneOffset.UTC);
      if (Duration.between(signed, time).abs().compareTo(Duration.ofMinutes(15)) < 0) {
        return ok(asked, out);
      }
      if (asked.is("HEAD")) {
        out.write(NO_BODY.formatted(403, date));
        return true;
      }
      return out.send(
          403,
          "application/xml",
          "<Error><Code>RequestTimeTooSkewed</Code></Error>".getBytes(UTF_8),
          date);
    });
  }

  @Test
  void datesRequestsByTheClockOfTheService() {
    try (FakeS3 s3 = ahead()) {
      S3ObjectStore store = s3.store();
      assertThat(store.list(ListRequest.of(BUCKET, "")).objects()).isEmpty();
      assertThat(s3.asked()).hasSize(2);
      assertThat(store.find(PLACE)).isPresent();
      assertThat(s3.asked()).hasSize(3);
    }
  }

  @Test
  void findsObjectsByTheClockOfTheService() {
    try (FakeS3 s3 = ahead()) {
      assertThat(s3.store().find(PLACE)).isPresent();
    }
  }
}
