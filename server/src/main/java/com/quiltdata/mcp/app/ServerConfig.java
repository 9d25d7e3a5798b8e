package com.quiltdata.mcp.app;

import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.config.CallSettings;
import com.quiltdata.mcp.config.CatalogSettings;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.ProgramSettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.StorageSettings;
import com.quiltdata.mcp.config.TokenSettings;
import com.quiltdata.mcp.config.ToolSettings;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tool.ToolOffer;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.access.HostFolders;
import com.quiltdata.mcp.transport.http.HttpConfig;
import java.util.List;
import java.util.Set;

/// The configuration of every part, checked against each other.
///
/// @param mode whom the server is for
/// @param isStdio whether clients speak through standard input and output
/// @param name the server's name
/// @param version the version that the server tells
/// @param http the HTTP side
/// @param tokens which are accepted
/// @param isOpeningFree whether `initialize` and the like need no token
/// @param replicas how the other replicas of this server are found and reached
/// @param offer which tools there are
/// @param storage where buckets are kept
/// @param credentials with whose AWS rights calls are made
/// @param aws limits of each AWS service
/// @param host folders of this machine
/// @param catalog the catalog that results link to
/// @param json limits of a message
/// @param endpoint how long and how much the endpoint does for its clients
/// @param tasks how many tasks, and how long
/// @param tools how much one call of a tool gives
/// @param maxResultsBytes memory of large results of all requests together
/// @param warnings to be logged once at the start
public record ServerConfig(
    Mode mode,
    boolean isStdio,
    String name,
    String version,
    HttpConfig http,
    AcceptedTokens tokens,
    boolean isOpeningFree,
    ReplicaSetup replicas,
    ToolOffer offer,
    StorageSetup storage,
    CredentialsSetup credentials,
    AwsLimits aws,
    HostFolders host,
    CatalogConfig catalog,
    JsonLimits json,
    EndpointLimits endpoint,
    TaskLimits tasks,
    ToolLimits tools,
    long maxResultsBytes,
    List<String> warnings) {

  /// Copies the warnings.
  public ServerConfig {
    warnings = List.copyOf(warnings);
  }

  /// Builds the configuration.
  ///
  /// @param settings resolved values
  /// @param build names the version when nothing else does
  /// @param isStdio whether the stdio sub-command was chosen
  /// @param host folders of this machine
  /// @return the configuration
  /// @throws InvalidSettingsException naming everything that does not fit together
  public static ServerConfig from(
      Settings settings, BuildInfo build, boolean isStdio, HostFolders host) {
    Problems problems = new Problems();
    boolean usesStdio =
        isStdio || settings.get(ProgramSettings.TRANSPORT) == ProgramSettings.Transport.STDIO;
    TokenSetup tokens = TokenSetup.from(settings, usesStdio, problems);
    ReplicaSetup replicas = ReplicaSetup.from(settings, tokens.mode(), usesStdio, problems);
    StorageSetup storage = StorageSetup.from(settings, tokens.mode(), host, problems);
    CredentialsSetup credentials =
        CredentialsSetup.from(settings, tokens.mode(), storage, problems);
    HttpConfig http = HttpSetup.from(settings, tokens.mode(), problems);
    AwsLimits aws = AwsSetup.limits(settings, problems);
    String version = settings.find(ProgramSettings.SERVER_VERSION).orElse(build.version());
    if (!version.equals(build.version())) {
      problems.warn(
          "MCP_SERVER_VERSION is %s, but the program was built as %s".formatted(version, build));
    }
    if (usesStdio && settings.find(TokenSettings.REQUIRE_TOKEN).orElse(false)) {
      problems.warn(
          "MCP_REQUIRE_TOKEN (--require-token) has no effect with stdio: the client that starts the"
              + " server is its user");
    }
    settings
        .ignored()
        .forEach(
            name -> problems.warn(name + " is accepted for old deployments and has no effect"));
    problems.throwIfAny();
    return new ServerConfig(
        tokens.mode(),
        usesStdio,
        settings.get(ProgramSettings.SERVER_NAME),
        version,
        http,
        tokens.tokens(),
        settings.get(TokenSettings.OPEN_INITIALIZE),
        replicas,
        new ToolOffer(
            settings.get(ToolSettings.READ_ONLY),
            Set.copyOf(settings.find(ToolSettings.TOOL_GROUPS).orElse(List.of()))),
        storage,
        credentials,
        aws,
        host,
        new CatalogConfig(
            settings.find(CatalogSettings.CATALOG_URL),
            settings.find(CatalogSettings.REGISTRY_URL),
            settings.get(StorageSettings.REGION)),
        new JsonLimits(
            settings.get(CallSettings.MAX_JSON_DEPTH),
            settings.get(CallSettings.MAX_JSON_VALUES),
            settings.get(CallSettings.MAX_JSON_NUMBER),
            settings.get(CallSettings.MAX_JSON_NAME)),
        EndpointSetup.limits(settings, tokens.mode()),
        EndpointSetup.tasks(settings, tokens.mode()),
        EndpointSetup.tools(settings),
        settings.get(CallSettings.MAX_RESULTS_BYTES),
        problems.warnings());
  }
}
