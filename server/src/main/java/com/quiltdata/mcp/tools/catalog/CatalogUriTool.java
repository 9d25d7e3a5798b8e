package com.quiltdata.mcp.tools.catalog;

import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltUri;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.StorageParameters;
import com.quiltdata.mcp.tools.UrlPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `catalog_uri`.
final class CatalogUriTool implements Tool {
  private static final String REVISION =
      "top_hash and tag name a revision of a package: give package_name too";

  private final CatalogConfig config;

  CatalogUriTool(CatalogConfig config) {
    this.config = config;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "catalog_uri",
            "Make a Quilt+ URI",
            """
            Make the Quilt+ URI of a package, of one revision or of a file in it: a stable address that \
            Quilt programs read. Use catalog_url for a page to open in a browser.\
            """,
            CatalogTools.GROUP,
            List.of(
                StorageParameters.registry(),
                StorageParameters.packageNameIfAny(
                    "Package, as NAMESPACE/NAME; left out for the bucket itself"),
                Parameter.text("path", "File or folder in the package").upTo(4_096),
                Parameter.text("top_hash", "Revision by its top hash; wins over tag")
                    .matching("[0-9a-fA-F]{0,64}", "up to 64 hexadecimal digits"),
                Parameter.text("tag", "Revision by its tag, for example latest").upTo(255),
                CatalogHost.parameter()),
            result(
                member("status", string("success")),
                member("quilt_plus_uri", string("The URI")),
                member("bucket", string("Bucket name")),
                member("package_name", stringOrNull("As asked")),
                member("path", stringOrNull("As asked")),
                member("top_hash", stringOrNull("As asked")),
                member("tag", stringOrNull("As asked")),
                member("catalog_host", stringOrNull("The catalog"))),
            ToolHints.READ_ONLY,
            ToolNeeds.nothing(),
            List.of())
        .where(
            new ArgumentRule.Needs("top_hash", "package_name", REVISION),
            new ArgumentRule.Needs("tag", "package_name", REVISION));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    Optional<PackageName> name = arguments.textIfGiven("package_name").map(PackageName::parse);
    Optional<String> host = CatalogHost.of(arguments, config);
    Optional<String> path = arguments.textIfGiven("path");
    Optional<String> hash = arguments.textIfGiven("top_hash");
    Optional<String> tag = arguments.textIfGiven("tag");
    String uri =
        name.map(known -> new QuiltUri(bucket, known, revision(hash, tag), path, host).format())
            .orElseGet(() -> bucketUri(bucket, path, host));
    return new ToolResult.Success(
        ToolResult.fields()
            .put("status", "success")
            .put("quilt_plus_uri", uri)
            .put("bucket", bucket.value())
            .put("package_name", name.map(PackageName::toString).orElse(null))
            .put("path", path.orElse(null))
            .put("top_hash", hash.orElse(null))
            .put("tag", tag.orElse(null))
            .put("catalog_host", host.orElse(null)));
  }

  private static RevisionReference revision(Optional<String> hash, Optional<String> tag) {
    return hash.<RevisionReference>map(RevisionReference.Hash::new)
        .or(() -> tag.map(RevisionReference::tag))
        .orElseGet(RevisionReference.Latest::new);
  }

  private static String bucketUri(BucketName bucket, Optional<String> path, Optional<String> host) {
    String parts =
        Stream.of(
                path.map(text -> "path=" + UrlPath.part(text)),
                host.map(text -> "catalog=" + UrlPath.part(text)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("&"));
    return "quilt+s3://" + bucket + (parts.isEmpty() ? "" : "#" + parts);
  }
}
