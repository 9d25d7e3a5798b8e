package com.quiltdata.mcp.tools.catalog;

import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
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

/// `catalog_url`.
final class CatalogUrlTool implements Tool {
  private final CatalogConfig config;

  CatalogUrlTool(CatalogConfig config) {
    this.config = config;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "catalog_url",
            "Make a catalog URL",
            """
            Make the URL under which the Quilt catalog shows a package, a file of it, or a path of a \
            bucket, for the user to open in a browser. Use catalog_uri for an address that programs read.\
            """,
            CatalogTools.GROUP,
            List.of(
                StorageParameters.registry(),
                StorageParameters.packageNameIfAny(
                    "Package, as NAMESPACE/NAME; left out for the bucket itself"),
                Parameter.text("path", "File or folder in the package or bucket").or(""),
                CatalogHost.parameter()),
            result(
                member("status", string("success")),
                member("catalog_url", string("The URL")),
                member("view_type", string("package or bucket")),
                member("bucket", string("Bucket name")),
                member("package_name", stringOrNull("As asked")),
                member("path", string("As asked")),
                member("catalog_host", string("The catalog"))),
            ToolHints.READ_ONLY,
            ToolNeeds.nothing(),
            List.of())
        .where(CatalogHost.rule());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    Optional<PackageName> name = arguments.textIfGiven("package_name").map(PackageName::parse);
    String host = CatalogHost.required(arguments, config);
    String path = arguments.text("path");
    if (UrlPath.hasSteps(path)) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT, "Argument 'path' has a part . or .., which no URL can name");
    }
    String base = "https://%s/b/%s".formatted(host, bucket);
    String encoded = UrlPath.encode(path);
    String url =
        name.map(known ->
                base
                    + "/packages/"
                    + UrlPath.encode(known.toString())
                    + (path.isEmpty() ? "" : "/tree/latest/" + encoded))
            .orElse(path.isEmpty() ? base : base + "/tree/" + encoded);
    return new ToolResult.Success(
        ToolResult.fields()
            .put("status", "success")
            .put("catalog_url", url)
            .put("view_type", name.isPresent() ? "package" : "bucket")
            .put("bucket", bucket.value())
            .put("package_name", name.map(PackageName::toString).orElse(null))
            .put("path", path)
            .put("catalog_host", host));
  }
}
