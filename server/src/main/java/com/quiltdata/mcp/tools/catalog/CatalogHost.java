package com.quiltdata.mcp.tools.catalog;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tools.CatalogConfig;
import java.util.Optional;
import java.util.regex.Pattern;

/// The catalog that a URL or URI names: the argument, else the configured one.
final class CatalogHost {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

  private CatalogHost() {}

  static Parameter parameter() {
    return Parameter.text(
            "catalog_host",
            "Host of the catalog, for example demo.quiltdata.com; the configured one when left out")
        .upTo(300)
        .or("");
  }

  static ArgumentRule rule() {
    return new ArgumentRule.Told("`catalog_host` is needed where the server has no catalog");
  }

  static Optional<String> of(Arguments arguments, CatalogConfig config) {
    return arguments
        .textIfGiven("catalog_host")
        .map(CatalogHost::bare)
        .or(() -> config.catalog().map(address -> address.getRawAuthority()));
  }

  static String required(Arguments arguments, CatalogConfig config) {
    return of(arguments, config)
        .orElseThrow(() ->
            new Fault(
                FaultCode.INVALID_ARGUMENT,
                "Could not determine catalog host. Please provide catalog_host parameter or ensure Quilt is configured."));
  }

  private static String bare(String text) {
    String host = text.startsWith("https://") ? text.substring("https://".length()) : text;
    host = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
    if (!HOST.matcher(host).matches()) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "Argument 'catalog_host' must be a host name such as demo.quiltdata.com");
    }
    return host;
  }
}
