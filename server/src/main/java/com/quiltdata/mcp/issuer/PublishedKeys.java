package com.quiltdata.mcp.issuer;

import static java.net.HttpURLConnection.HTTP_OK;

import com.quiltdata.mcp.auth.JwkSet;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.upstream.NoAnswerException;
import com.quiltdata.mcp.upstream.ShortAnswers;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The key set of an issuer, read anew each time: where it is said to be, too, so that an issuer
/// may move it. What changes and what fails is told once. Thread-safe.
public final class PublishedKeys implements Supplier<JwkSet> {
  private static final int MOST_BYTES = 128 << 10;

  private final IssuerConfig config;
  private final ShortAnswers http;
  private final EventLog log = EventLog.named("auth");
  private Optional<String> told = Optional.empty();

  /// A key set that nobody has read yet.
  ///
  /// @param config whose
  public PublishedKeys(IssuerConfig config) {
    this.config = config;
    this.http = new ShortAnswers(config.connect(), config.whole(), MOST_BYTES);
  }

  /// Reads it.
  ///
  /// @return the keys
  /// @throws Fault saying what cannot be read and why
  @Override
  public JwkSet get() {
    try {
      JwkSet read = JwkSet.of(document(config.keys().orElseGet(this::discovered), "key set"));
      tell(read);
      return read;
    } catch (Fault fault) {
      tell(fault);
      throw fault;
    }
  }

  private URI discovered() {
    for (URI place : IssuerMetadata.places(config.issuer())) {
      HttpResponse<byte[]> answer = asked(place, "metadata");
      if (answer.statusCode() == HTTP_OK) {
        return IssuerMetadata.keys(answer.body(), config.issuer());
      }
    }
    throw silent("metadata", "there are none under any of their names");
  }

  private byte[] document(URI address, String what) {
    HttpResponse<byte[]> answer = asked(address, what);
    if (answer.statusCode() == HTTP_OK) {
      return answer.body();
    }
    throw silent(what, "status " + answer.statusCode());
  }

  private HttpResponse<byte[]> asked(URI address, String what) {
    try {
      return http.get(address, Map.of());
    } catch (NoAnswerException e) {
      throw silent(what, e.reason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The reading of keys was given up", e);
    }
  }

  private static Fault silent(String what, String reason) {
    return new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "The %s of the issuer cannot be read: %s".formatted(what, reason));
  }

  private synchronized void tell(JwkSet read) {
    String ids = String.join(",", read.ids());
    if (isNew(ids)) {
      log.event(
          Level.INFO,
          "keys.loaded",
          LogFields.of("place", config.issuer().toString())
              .with("keys", read.ids().size())
              .with("kid", ids));
    }
  }

  private synchronized void tell(Fault fault) {
    if (isNew(fault.text())) {
      log.event(
          Level.WARNING,
          "keys.failed",
          LogFields.of("place", config.issuer().toString()).with("reason", fault.text()));
    }
  }

  private boolean isNew(String text) {
    boolean isNew = !told.equals(Optional.of(text));
    told = Optional.of(text);
    return isNew;
  }
}
