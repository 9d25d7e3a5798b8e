package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/// Signs links to the objects of one bucket, as S3's query authentication (Signature Version 4)
/// asks for. The key and everything but path and life are made once, so that a link costs two
/// hashes; the SDK's own signer costs twenty times that.
///
/// See <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>.
final class LinkSigner {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int BLOCK_BYTES = 64;
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;
  private static final HexFormat HEX = HexFormat.of();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Instant madeAt;
  private final Optional<Instant> credentialsEnd;
  private final String origin;
  private final String folder;
  private final String queryBeforeLife;
  private final String queryAfterLife;
  private final String canonicalEnd;
  private final String toSignStart;
  // Never fed themselves: each link feeds a copy.
  private final MessageDigest fresh = sha256();
  private final MessageDigest inner;
  private final MessageDigest outer;

  private LinkSigner(AwsCredentialsIdentity credentials, Region region, URI bucket, Instant now) {
    this.madeAt = now.truncatedTo(ChronoUnit.SECONDS);
    this.credentialsEnd = credentials.expirationTime();
    this.origin = bucket.getScheme() + "://" + bucket.getRawAuthority();
    String path = bucket.getRawPath();
    this.folder = path.endsWith("/") ? path : path + "/";
    String time = TIME.format(madeAt);
    String scope = time.substring(0, 8) + "/" + region.id() + "/s3/aws4_request";
    this.queryBeforeLife =
        "X-Amz-Algorithm=%s&X-Amz-Credential=%s&X-Amz-Date=%s&X-Amz-Expires="
            .formatted(ALGORITHM, UriText.of(credentials.accessKeyId() + "/" + scope), time);
    String token =
        credentials instanceof AwsSessionCredentials session
            ? "&X-Amz-Security-Token=" + UriText.of(session.sessionToken())
            : "";
    this.queryAfterLife = token + "&X-Amz-SignedHeaders=host";
    this.canonicalEnd = "\nhost:" + bucket.getRawAuthority() + "\n\nhost\nUNSIGNED-PAYLOAD";
    this.toSignStart = ALGORITHM + "\n" + time + "\n" + scope + "\n";
    byte[] day =
        mac(("AWS4" + credentials.secretAccessKey()).getBytes(UTF_8), scope.substring(0, 8));
    byte[] place = mac(mac(day, region.id()), "s3");
    byte[] key = mac(place, "aws4_request");
    this.inner = padded(key, INNER_PAD);
    this.outer = padded(key, OUTER_PAD);
  }

  /// Asks for the caller's credentials and for the region of the bucket.
  static LinkSigner of(Conversation conversation, BucketName bucket, Instant now) {
    Region region = conversation.region(bucket);
    AwsCredentialsIdentity credentials =
        S3Faults.translate(
            "bucket " + bucket, () -> conversation.credentials().resolveCredentials());
    URI place =
        S3EndpointProvider.defaultProvider()
            .resolveEndpoint(params -> {
              params.bucket(bucket.value()).region(region).useGlobalEndpoint(false);
              conversation
                  .endpoint()
                  .ifPresent(uri -> params.endpoint(uri.toString()).forcePathStyle(true));
            })
            .join()
            .url();
    return new LinkSigner(credentials, region, place, now);
  }

  /// When the links of this signer begin to work.
  Instant madeAt() {
    return madeAt;
  }

  /// A link to an object of the bucket.
  ///
  /// @param location which
  /// @param life how long it should work; it ends with the credentials, and after seven days
  ObjectLink link(ObjectLocation location, Duration life) {
    Instant end = madeAt.plus(life.compareTo(LONGEST) < 0 ? life : LONGEST);
    Instant realEnd = credentialsEnd.filter(end::isAfter).orElse(end);
    long seconds = Math.max(1, Duration.between(madeAt, realEnd).toSeconds());
    String path = folder + UriText.ofPath(location.key());
    String query =
        queryBeforeLife
            + seconds
            + queryAfterLife
            + location.versionId().map(id -> "&versionId=" + UriText.of(id)).orElse("");
    byte[] request = digest(fresh, "GET\n" + path + "\n" + query + canonicalEnd);
    byte[] signature = digest(outer, digest(inner, toSignStart + HEX.formatHex(request)));
    return new ObjectLink(
        origin + path + "?" + query + "&X-Amz-Signature=" + HEX.formatHex(signature),
        Optional.of(madeAt.plusSeconds(seconds)));
  }

  private static byte[] digest(MessageDigest begun, String text) {
    return digest(begun, text.getBytes(UTF_8));
  }

  private static byte[] digest(MessageDigest begun, byte[] bytes) {
    try {
      return ((MessageDigest) begun.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// SHA-256 that has taken a key, as one half of HMAC (RFC 2104).
  private static MessageDigest padded(byte[] key, byte pad) {
    byte[] block =
        Arrays.copyOf(key.length > BLOCK_BYTES ? sha256().digest(key) : key, BLOCK_BYTES);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      block[i] ^= pad;
    }
    MessageDigest digest = sha256();
    digest.update(block);
    return digest;
  }

  private static byte[] mac(byte[] key, String text) {
    return digest(padded(key, OUTER_PAD), digest(padded(key, INNER_PAD), text));
  }
}
