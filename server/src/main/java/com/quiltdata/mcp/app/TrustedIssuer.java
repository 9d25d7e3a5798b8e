package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.IssuerKeys;
import com.quiltdata.mcp.auth.IssuerVerifier;
import com.quiltdata.mcp.auth.JwkSet;
import com.quiltdata.mcp.concurrent.Reloaded;
import com.quiltdata.mcp.issuer.PublishedKeys;
import com.quiltdata.mcp.transport.http.ProtectedResource;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// The OAuth issuer that this process trusts, and its keys. They are read aside, the first time
/// too: the process starts, and is ready, without the issuer. Thread-safe.
final class TrustedIssuer {
  private static final Executor ASIDE = work -> Thread.ofVirtual().name("issuer-keys").start(work);

  private final Reloaded<JwkSet> keys;
  private final IssuerVerifier verifier;
  private final ProtectedResource resource;

  TrustedIssuer(IssuerSetup setup, InstantSource clock) {
    this.keys =
        new Reloaded<>(new PublishedKeys(setup.issuer()), setup.ages(), System::nanoTime, ASIDE);
    this.verifier = new IssuerVerifier(setup.rules(), new IssuerKeys(keys), clock);
    this.resource = setup.resource();
  }

  IssuerVerifier verifier() {
    return verifier;
  }

  ProtectedResource resource() {
    return resource;
  }

  /// Begins to read the keys, so that nobody has to wait for them later.
  void begin() {
    ASIDE.execute(keys::get);
  }
}
