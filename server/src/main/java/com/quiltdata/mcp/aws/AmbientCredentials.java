package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/// The credentials of this process: environment, profile, session, role. They are those of the
/// person who started it, or of the task that it runs in. A renewed session is seen without a
/// restart. Thread-safe.
public final class AmbientCredentials implements RenewableCredentials {
  private final Optional<String> profile;
  private final Supplier<AwsCredentialsProvider> chain;
  private volatile Optional<AwsCredentialsProvider> found = Optional.empty();

  /// Nothing is looked for yet.
  ///
  /// @param profile the one that is named, if any
  public AmbientCredentials(Optional<String> profile) {
    this(profile, () -> chain(profile));
  }

  AmbientCredentials(Optional<String> profile, Supplier<AwsCredentialsProvider> chain) {
    this.profile = profile;
    this.chain = chain;
  }

  private static AwsCredentialsProvider chain(Optional<String> profile) {
    DefaultCredentialsProvider.Builder builder =
        DefaultCredentialsProvider.builder().profileFile(ProfileFileSupplier.defaultSupplier());
    profile.ifPresent(builder::profileName);
    return builder.build();
  }

  /// @throws Fault [FaultCode#NO_CREDENTIALS] saying what to do
  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider().resolveCredentials();
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was cancelled", e);
    } catch (SdkException | IllegalStateException | NullPointerException e) {
      // What the SDK throws where a session ended or a helper program failed.
      throw none(e);
    }
  }

  @Override
  public synchronized boolean renew(AwsCredentials refused) {
    if (resolveCredentials().equals(refused)) {
      found = Optional.empty();
    }
    return !resolveCredentials().equals(refused);
  }

  private synchronized AwsCredentialsProvider provider() {
    AwsCredentialsProvider provider = found.orElseGet(chain);
    found = Optional.of(provider);
    return provider;
  }

  private Fault none(RuntimeException cause) {
    String advice =
        profile
            .map(name ->
                ("AWS profile %s gives no usable credentials: log in (for example with `aws sso"
                        + " login --profile NAME`), or name another profile with AWS_PROFILE")
                    .formatted(Quoted.of(name)))
            .orElse(
                "There are no usable AWS credentials: log in (for example with `aws sso login` or"
                    + " `aws configure`), or name a profile with AWS_PROFILE");
    return new Fault(FaultCode.NO_CREDENTIALS, advice, cause);
  }
}
