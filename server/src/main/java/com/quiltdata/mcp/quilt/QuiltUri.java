package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.BucketName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A Quilt+ URI: `quilt+s3://BUCKET#package=NAMESPACE/NAME[@HASH|:TAG][&path=PATH][&catalog=HOST]`.
///
/// @param bucket the registry
/// @param packageName the package
/// @param revision which revision; without hash and tag the latest
/// @param path a file or, with or without a final slash, a folder of the package
/// @param catalog the host of the catalog that shows the package
public record QuiltUri(
    BucketName bucket,
    PackageName packageName,
    RevisionReference revision,
    Optional<String> path,
    Optional<String> catalog) {
  private static final String SCHEME = "quilt+s3:";

  /// Checks the path.
  ///
  /// @throws Fault [FaultCode#INVALID_LOGICAL_KEY]
  public QuiltUri {
    path.ifPresent(
        text -> LogicalKey.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
  }

  /// Reads a URI. Parameters of other names are passed over.
  ///
  /// @param text the URI
  /// @return its parts, decoded
  /// @throws Fault [FaultCode#UNSUPPORTED_SCHEME], [FaultCode#INVALID_BUCKET],
  ///   [FaultCode#INVALID_LOGICAL_KEY] or [FaultCode#INVALID_ARGUMENT]
  public static QuiltUri parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw new Fault(
          FaultCode.UNSUPPORTED_SCHEME,
          "%s does not begin with quilt+s3://".formatted(Quoted.of(text)));
    }
    UriParts parts = UriParts.parse(text.substring(SCHEME.length()));
    if (!parts.path().isEmpty()) {
      throw invalid("a path goes into the fragment as &path=, not behind the bucket");
    }
    if (!parts.query().isEmpty()) {
      throw invalid("parameters go into the fragment, behind #");
    }
    BucketName bucket = new BucketName(parts.host());
    Map<String, String> parameters = parameters(parts.fragment());
    String spec = parameters.getOrDefault("package", "");
    int end = endOfName(spec);
    return new QuiltUri(
        bucket,
        PackageName.parse(spec.substring(0, end)),
        revision(spec.substring(end)),
        Optional.ofNullable(parameters.get("path")),
        Optional.ofNullable(parameters.get("catalog")));
  }

  private static Map<String, String> parameters(String fragment) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : fragment.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : PercentCoding.decode(parameter.substring(equals + 1));
      if (!value.isEmpty() && parameters.put(name, value) != null) {
        throw invalid("%s stands there twice".formatted(Quoted.of(name)));
      }
    }
    return parameters;
  }

  private static int endOfName(String spec) {
    int end = 0;
    while (end < spec.length() && spec.charAt(end) != '@' && spec.charAt(end) != ':') {
      end++;
    }
    return end;
  }

  private static RevisionReference revision(String suffix) {
    if (suffix.isEmpty()) {
      return new RevisionReference.Latest();
    }
    String name = suffix.substring(1);
    if (name.isEmpty() || endOfName(name) < name.length()) {
      throw invalid("behind the package name stands one @HASH or one :TAG");
    }
    return suffix.charAt(0) == '@' ? new RevisionReference.Hash(name) : RevisionReference.tag(name);
  }

  private static Fault invalid(String reason) {
    return new Fault(FaultCode.INVALID_ARGUMENT, "Invalid Quilt+ URI: " + reason);
  }

  /// The text form, which [#parse] reads back.
  public String format() {
    String suffix =
        switch (revision) {
          case RevisionReference.Latest() -> "";
          case RevisionReference.Hash(String prefix) -> "@" + prefix;
          case RevisionReference.Tag(String name) -> ":" + name;
        };
    return SCHEME
        + "//"
        + bucket
        + "#package="
        + packageName
        + suffix
        + path.map(text -> "&path=" + PercentCoding.encode(text, "")).orElse("")
        + catalog.map(host -> "&catalog=" + PercentCoding.encode(host, "")).orElse("");
  }

  @Override
  public String toString() {
    return format();
  }
}
