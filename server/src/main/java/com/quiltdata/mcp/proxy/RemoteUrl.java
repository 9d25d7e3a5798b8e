package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.fault.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address of the server's MCP endpoint.
///
/// @param uri `http` or `https`, with a host, without user and fragment
public record RemoteUrl(URI uri) {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(?:::1|0:0:0:0:0:0:0:1)\\]");

  /// Checks the parts.
  public RemoteUrl {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
      throw invalid(
          "%s is not an address such as https://quilt.example.com/mcp."
              .formatted(Quoted.of(uri.toString())));
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw invalid(
          "the address must hold neither user nor fragment; a token comes from --token-file.");
    }
  }

  /// Reads an address.
  ///
  /// @param text as a person gave it
  /// @return the address
  /// @throws InvalidSettingsException when it is none
  public static RemoteUrl parse(String text) {
    try {
      return new RemoteUrl(new URI(text.strip()));
    } catch (URISyntaxException _) {
      throw invalid(
          "%s is not an address such as https://quilt.example.com/mcp.".formatted(Quoted.of(text)));
    }
  }

  /// Refuses an address at which others could read a token under way.
  void requireSecrecy() {
    boolean isPlain = uri.getScheme().equalsIgnoreCase("http");
    if (isPlain && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()) {
      throw invalid(
          "a token is sent to https:// addresses only, or to this machine (now %s). Use https://, or leave the token out."
              .formatted(this));
    }
  }

  private static InvalidSettingsException invalid(String text) {
    return new InvalidSettingsException(List.of("--url: " + text));
  }

  /// For messages and logs: without the query, which may hold secrets.
  @Override
  public String toString() {
    return "%s://%s%s".formatted(uri.getScheme(), uri.getRawAuthority(), uri.getRawPath());
  }
}
