package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// A server that speaks S3, in a process of its own on a free port of the loopback address. One of
/// a kind serves all tests of this JVM and ends with it; a test makes its own buckets.
public final class S3Server {
  private static final long PATIENCE_SECONDS = 60;

  /// Credentials that every stand-in takes.
  static final StaticCredentialsProvider ANY =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(
              UsedSecrets.note("AN-ID-THAT-EVERY-STAND-IN-TAKES"),
              UsedSecrets.note("a-key-that-every-stand-in-takes")));

  private final URI endpoint;
  private final S3Clients clients;
  private final AtomicInteger buckets = new AtomicInteger();

  private S3Server(URI endpoint) {
    this.endpoint = endpoint;
    this.clients =
        new S3Clients(
            new S3Config(Optional.of(endpoint), Optional.of("us-east-1"), Optional.empty()),
            new AwsServices(AwsLimits.defaults()));
  }

  /// Starts one.
  ///
  /// @param command of the process
  /// @param ready matches the line that tells its port, in the first group
  static S3Server start(List<String> command, Pattern ready) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      CompletableFuture<Integer> port = new CompletableFuture<>();
      Thread.ofPlatform().daemon().start(() -> read(process, ready, port));
      int found = port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new S3Server(URI.create("http://127.0.0.1:" + found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the S3 server does not start: " + command.getFirst(), e);
    }
  }

  private static void read(Process process, Pattern ready, CompletableFuture<Integer> port) {
    StringBuilder before = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = ready.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        } else if (!port.isDone()) {
          before.append(line).append('\n');
        }
      }
    } catch (IOException _) {
      // The process is gone.
    }
    port.completeExceptionally(new IllegalStateException(before.toString()));
  }

  /// Where it answers.
  public URI endpoint() {
    return endpoint;
  }

  /// A store with all rights.
  public ObjectStore store() {
    return new S3ObjectStore(conversation(), Clock.systemUTC());
  }

  /// What talks to the server with all rights.
  Conversation conversation() {
    return new Conversation(clients, ANY);
  }

  /// A new bucket that keeps no versions.
  public BucketName bucket() {
    BucketName bucket = new BucketName("bucket-%d".formatted(buckets.incrementAndGet()));
    client().createBucket(r -> r.bucket(bucket.value()).overrideConfiguration(S3Server::signed));
    return bucket;
  }

  /// A new bucket that keeps versions.
  public BucketName versionedBucket() {
    BucketName bucket = bucket();
    client()
        .putBucketVersioning(r ->
            r.bucket(bucket.value())
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))
                .overrideConfiguration(S3Server::signed));
    return bucket;
  }

  /// The SDK's client, for what a store does not do.
  S3Client client() {
    return clients.of(clients.home());
  }

  static void signed(AwsRequestOverrideConfiguration.Builder override) {
    override.credentialsProvider(ANY);
  }
}
