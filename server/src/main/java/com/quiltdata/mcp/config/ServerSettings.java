package com.quiltdata.mcp.config;

import java.util.List;

/// Every setting of the server, once. A setting is a constant of its group, and says what it is in
/// its description.
final class ServerSettings {
  /// All groups in the order in which they are shown.
  static final List<SettingGroup> GROUPS =
      List.of(
          HttpSettings.GROUP,
          ProgramSettings.GROUP,
          StorageSettings.GROUP,
          TokenSettings.GROUP,
          OAuthSettings.GROUP,
          CredentialSettings.GROUP,
          ReplicaSettings.GROUP,
          CatalogSettings.GROUP,
          ToolSettings.GROUP,
          HttpLimitSettings.GROUP,
          ClientLimitSettings.GROUP,
          CallSettings.GROUP,
          AwsSettings.GROUP,
          TaskSettings.GROUP,
          MemorySettings.GROUP);

  /// All settings in the order in which they are shown.
  static final List<Setting<?>> ALL =
      GROUPS.stream().<Setting<?>>flatMap(group -> group.settings().stream()).toList();

  /// Variables of older servers that deployments still set; they have no effect here.
  static final List<String> IGNORED = List.of("PYTHONUNBUFFERED", "QUILT_DEPLOYMENT");

  private ServerSettings() {}
}
