package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.storage.BucketName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The sessions of roles that were assumed, each for one token, role, set of buckets and set of
/// actions: nobody gets one that was made for somebody else, or for another call's rights. A number
/// of them is kept, the used ones longest; those of tokens that have ended go first. Thread-safe.
final class RoleSessions {
  private final RoleService service;
  private final InstantSource clock;
  private final int most;
  private final Map<Key, RoleSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(
      TokenDigest token, RoleArn role, Set<BucketName> buckets, Set<String> actions) {}

  /// @param service assumes roles
  /// @param most how many are kept
  RoleSessions(RoleService service, InstantSource clock, int most) {
    this.service = service;
    this.clock = clock;
    this.most = most;
  }

  /// A session for a grant; nothing is sent yet.
  ///
  /// @param isClaimed whether the token names the role
  RoleSession of(Caller.Bearer bearer, RoleArn role, boolean isClaimed, Grant grant) {
    Key key = new Key(bearer.token(), role, grant.buckets(), grant.actions());
    synchronized (sessions) {
      RoleSession known = sessions.get(key);
      if (known != null) {
        return known;
      }
      SessionPolicy policy = SessionPolicy.of(grant, role.partition());
      if (sessions.size() >= most) {
        makeRoom();
      }
      RoleSession session =
          new RoleSession(
              () -> service.assume(request(bearer, role, isClaimed, policy)),
              bearer.expiresAt(),
              clock);
      sessions.put(key, session);
      return session;
    }
  }

  private RoleRequest request(
      Caller.Bearer bearer, RoleArn role, boolean isClaimed, SessionPolicy policy) {
    return new RoleRequest(
        role,
        isClaimed,
        SessionName.of(bearer),
        policy,
        Duration.between(clock.instant(), bearer.expiresAt()));
  }

  private void makeRoom() {
    sessions.values().removeIf(RoleSession::isOver);
    if (sessions.size() >= most) {
      sessions.remove(sessions.keySet().iterator().next());
    }
  }

  /// How many are kept, those of ended tokens left out.
  int size() {
    synchronized (sessions) {
      sessions.values().removeIf(RoleSession::isOver);
      return sessions.size();
    }
  }
}
