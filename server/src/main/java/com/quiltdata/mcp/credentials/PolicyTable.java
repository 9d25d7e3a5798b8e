package com.quiltdata.mcp.credentials;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What AWS has to allow for an action of the permission map: all that the storage engine does for
/// such a tool, and no more. An action without a row allows nothing.
///
/// Three rows allow more than their names say. Tools that need `s3:ListBucket` read pointers and
/// manifests, so it reads below `.quilt/`. Without `s3:ListBucket` S3 tells nobody whether an
/// object is missing or refused, so it goes with reading. And what was written is looked at.
final class PolicyTable {
  /// What a statement is about.
  enum Scope {
    /// The bucket: `arn:aws:s3:::BUCKET`.
    BUCKET,
    /// All objects: `arn:aws:s3:::BUCKET/*`.
    OBJECTS,
    /// What belongs to its registry: `arn:aws:s3:::BUCKET/.quilt/*`.
    REGISTRY,
    /// Keys of encrypted buckets, by way of S3 only.
    KEYS,
    /// No bucket in particular.
    ACCOUNT
  }

  /// Actions about one scope.
  private record Right(Scope scope, List<String> actions) {}

  private static final Right READS =
      new Right(Scope.OBJECTS, List.of("s3:GetObject", "s3:GetObjectVersion"));
  private static final Right LISTS = new Right(Scope.BUCKET, List.of("s3:ListBucket"));
  private static final Right DECRYPTS = new Right(Scope.KEYS, List.of("kms:Decrypt"));
  private static final Right ATTRIBUTES =
      new Right(Scope.OBJECTS, List.of("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"));

  private static final Map<String, List<Right>> ROWS =
      Map.of(
          "s3:ListBucket",
          List.of(LISTS, new Right(Scope.REGISTRY, List.of("s3:GetObject")), DECRYPTS),
          "s3:GetBucketLocation",
          List.of(new Right(Scope.BUCKET, List.of("s3:GetBucketLocation"))),
          "s3:GetObject",
          List.of(READS, ATTRIBUTES, LISTS, DECRYPTS),
          "s3:GetObjectVersion",
          List.of(READS, ATTRIBUTES, LISTS, DECRYPTS),
          "s3:PutObject",
          List.of(
              new Right(Scope.OBJECTS, List.of("s3:PutObject", "s3:AbortMultipartUpload")),
              READS,
              LISTS,
              DECRYPTS,
              new Right(Scope.KEYS, List.of("kms:GenerateDataKey"))),
          // Lists of rights are never written.
          "s3:PutObjectAcl",
          List.of(),
          "s3:AbortMultipartUpload",
          List.of(new Right(Scope.OBJECTS, List.of("s3:AbortMultipartUpload"))),
          // Tools delete pointers, never the objects of packages.
          "s3:DeleteObject",
          List.of(new Right(Scope.REGISTRY, List.of("s3:DeleteObject", "s3:GetObject")), DECRYPTS));

  private static final Right WITHOUT_BUCKET =
      new Right(Scope.ACCOUNT, List.of("s3:ListAllMyBuckets"));

  private PolicyTable() {}

  /// All actions that have a row.
  static Set<String> actions() {
    return ROWS.keySet();
  }

  /// What a call needs of AWS, each right once. A call that names no bucket may list them; so may
  /// one without any other right, for a policy has to say something.
  ///
  /// @param actions of its tool
  /// @param namesBucket whether it names any
  static Map<Scope, Set<String>> rights(Set<String> actions, boolean namesBucket) {
    Map<Scope, Set<String>> rights = new LinkedHashMap<>();
    if (namesBucket) {
      actions.stream()
          .flatMap(action -> ROWS.getOrDefault(action, List.of()).stream())
          .forEach(right -> add(right, rights));
    }
    Set<String> below = rights.get(Scope.REGISTRY);
    Set<String> everywhere = rights.get(Scope.OBJECTS);
    if (below != null && everywhere != null) {
      below.removeAll(everywhere);
      if (below.isEmpty()) {
        rights.remove(Scope.REGISTRY);
      }
    }
    if (rights.isEmpty()) {
      add(WITHOUT_BUCKET, rights);
    }
    return rights;
  }

  private static void add(Right right, Map<Scope, Set<String>> rights) {
    rights.computeIfAbsent(right.scope(), _ -> new LinkedHashSet<>()).addAll(right.actions());
  }
}
